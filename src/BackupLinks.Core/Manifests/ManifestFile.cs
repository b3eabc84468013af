using System;
using System.IO;
using System.Text;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Shims;
using BackupLinks.Transfer;

namespace BackupLinks.Manifests;

/// <summary>
/// A manifest on its way: written beside its place, for its owner's eyes only, and put there when it is complete. Until
/// then, a file that is there is as it was.
/// </summary>
internal sealed class ManifestFile : IDisposable
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;
    private readonly string _draft;
    private readonly bool _replace;
    private readonly DistinctNames _names = new();
    private readonly FileStream _stream;
    private readonly StreamWriter _text;
    private bool _isClosed;

    private ManifestFile(string path, string draft, bool replace, FileStream stream, ManifestFormat format)
    {
        _path = path;
        _draft = draft;
        _replace = replace;
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
    /// <exception cref="BackupLinksException">A file is there, or none can be.</exception>
    public static ManifestFile Create(string path, ManifestFormat format, bool replace)
    {
        DiskErrors.RefuseLink(path);
        if (IsDevice(path))
            throw new BackupLinksException(ErrorKind.DestinationUnavailable, $"'{path}' is a device, and would be replaced by a file; choose another -Path.");
        if (!replace && File.Exists(path))
            throw new BackupLinksException(ErrorKind.FileExists, $"'{path}' is there already; choose another -Path, or leave -NoClobber out.");
        string draft = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? path, $".{Guid.NewGuid():N}.tmp");
        try
        {
            return new ManifestFile(path, draft, replace, OwnerOnlyFile.Create(draft), format);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Explain(e, path, isNew: false);
        }
    }

    /// <summary>Adds a file, once; the same file again is not.</summary>
    /// <param name="entry">The file.</param>
    /// <returns>False when it is there already.</returns>
    /// <exception cref="BackupLinksException">The disk is full, or fails.</exception>
    public bool Add(ManifestEntry entry)
    {
        string name = _names.Claim(entry.FileName, entry.Addresses[0], out bool isNew);
        if (isNew)
            Try(() => Writer.Write(entry.Named(name)));
        return isNew;
    }

    /// <summary>Puts the manifest in its place.</summary>
    /// <exception cref="BackupLinksException">The disk is full, or fails, or a file has come to be there.</exception>
    public void Complete() => Try(() =>
    {
        Writer.Complete();
        _text.Flush();
        DiskFlush.Flush(_stream);
        _isClosed = true;
        _text.Dispose();
        FileMoves.Rename(_draft, _path, _replace);
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
            // What could not be written is not wanted.
        }

        File.Delete(_draft);
    }

    // The framework cannot tell a device from a file.
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Explain(e, _path, isNew: !_replace);
        }
    }
}
