using System;
using System.IO;
using System.Text;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Links;
using BackupLinks.Shims;

namespace BackupLinks.Manifests;

/// <summary>
/// A manifest on its way: written beside its place, for its owner's eyes only, and put there when it is complete. Until
/// then, an existing file is unchanged.
/// </summary>
internal sealed class ManifestFile : IDisposable
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;
    private readonly string _draft;
    private readonly bool _replace;
    private readonly Disk _disk;
    private readonly UniqueFileNames _names = new();
    private readonly FileStream _stream;
    private readonly StreamWriter _text;
    private bool _isClosed;

    private ManifestFile(string path, string draft, bool replace, Disk disk, FileStream stream, ManifestFormat format)
    {
        _path = path;
        _draft = draft;
        _replace = replace;
        _disk = disk;
        _stream = stream;
        _text = new StreamWriter(stream, Utf8) { NewLine = "\n" };
        Writer = ManifestWriter.Create(format, _text);
    }

    /// <summary>Its place.</summary>
    public string Path => _path;

    /// <summary>How it is written.</summary>
    public ManifestWriter Writer { get; }

    /// <summary>Begins a manifest.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="replace">True to take the place of a file that is there.</param>
    /// <param name="disk">The file system; null for that of this machine.</param>
    /// <exception cref="BackupLinksException">A file is there, or none can be.</exception>
    public static ManifestFile Create(string path, ManifestFormat format, bool replace, Disk? disk = null)
    {
        disk ??= Disk.Local;
        var there = WholeFile.RequireReplaceable(disk, path);
        if (!replace && there is not null)
        {
            throw new BackupLinksException(
                ErrorKind.FileExists, $"'{path}' already exists; choose another -Path, or omit -NoClobber.");
        }

        string draft = WholeFile.DraftOf(path);
        try
        {
            return new ManifestFile(path, draft, replace, disk, OwnerOnlyFile.Create(draft), format);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw WholeFile.NotAFileName(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, path, isNew: false);
        }
    }

    /// <summary>Adds a file, once; the same file again is not.</summary>
    /// <param name="entry">The file.</param>
    /// <returns>False when it is there already.</returns>
    /// <exception cref="BackupLinksException">The disk is full, or fails.</exception>
    public bool Add(ManifestEntry entry)
    {
        string name = _names.Assign(entry.FileName, PresignedUri.Identify(entry.Addresses[0]), out bool isNew);
        if (isNew)
            Try(() => Writer.Write(entry.Named(name)));
        return isNew;
    }

    /// <summary>Puts the manifest in its place. When this returns, a power cut does not take it away.</summary>
    /// <exception cref="BackupLinksException">
    /// The disk is full, or fails, or another process has created the file.
    /// </exception>
    public void Complete() => Try(() =>
    {
        Writer.Complete();
        _text.Flush();
        _disk.Flush(_stream);
        _isClosed = true;
        _text.Dispose();
        if (_replace)
            _disk.MakeReplaceable(_path);
        _disk.RenameWhenClosed(_draft, _path, _replace);
        _disk.FlushFolder(System.IO.Path.GetDirectoryName(_path)!);
    });

    /// <summary>Removes what did not become a manifest.</summary>
    public void Dispose()
    {
        try
        {
            if (!_isClosed)
                _text.Dispose();
        }
        catch (IOException)
        {
            // An incomplete file is removed.
        }

        RemoveDraft();
    }

    private void RemoveDraft()
    {
        if (!OwnFile.TryDelete(_disk, _draft))
        {
            throw new BackupLinksException(
                ErrorKind.FileInUse,
                $"'{_draft}' has links in it, and the system did not let it be removed; remove it when no other "
                    + "process has it open.");
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, _path, isNew: !_replace);
        }
    }
}
