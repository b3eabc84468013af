using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Catalog;

/// <summary>
/// The catalog of a folder: <c>.backuplinks/catalog.jsonl</c>, a line of JSON for each file that was saved there. Lines
/// are added under a lock, are on the disk then, and are never changed; of several for one file, all are true of the
/// time that they name.
/// </summary>
/// <param name="folder">The full path of the folder with the saved files.</param>
/// <param name="disk">The file system.</param>
internal sealed class CatalogFile(string folder, Disk disk)
{
    /// <summary>The name of the folder that the catalog is in.</summary>
    public const string FolderName = ".backuplinks";

    // Another process writes a line in a moment; one that holds the file for longer is not waited for.
    private const int MostAttempts = 50;
    private const uint Administrator = 0;
    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(100);

    private Dictionary<string, List<CatalogEntry>>? _entries;

    /// <summary>The full path of the catalog.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, FolderName, "catalog.jsonl");

    // Within this process.
    private SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The entries of a file, in the order in which they were written.</summary>
    /// <param name="path">Its path, relative to the folder.</param>
    /// <param name="clock">For the wait for another process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>None when the catalog is not there, or cannot be read.</returns>
    public async Task<IReadOnlyList<CatalogEntry>> FindAsync(
        string path, Clock clock, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _entries ??= await TryAsync(Read, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be recognised by it is recognised by other means, or is a stranger.
            _entries = [];
        }
        finally
        {
            Turn.Release();
        }

        lock (_entries)
            return _entries.TryGetValue(path, out var found) ? [.. found] : [];
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="clock">For the wait for another process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BackupLinksException">The catalog cannot be opened.</exception>
    /// <exception cref="IOException">The catalog cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The catalog cannot be written.</exception>
    public async Task AddAsync(CatalogEntry entry, Clock clock, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await TryAsync(() => Append(entry.ToLine()), clock, cancellationToken).ConfigureAwait(false);
            if (_entries is { } known)
            {
                lock (known)
                    Add(known, entry);
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task<T> TryAsync<T>(Func<T> action, Clock clock, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return action();
            }
            catch (Exception e) when (attempt < MostAttempts
                && (e is BackupLinksException { Kind: ErrorKind.FileInUse } || FileErrors.IsInUse(e)))
            {
                await clock.DelayAsync(AttemptInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool Append(byte[] line)
    {
        string parent = System.IO.Path.GetDirectoryName(Path)!;
        bool isNew = disk.Look(parent) is null;
        OwnerOnlyFile.CreateFolder(parent);
        if (disk.Look(parent) is not { Type: FileType.Folder })
            throw new IOException($"'{parent}' is not a folder");
        // A name that begins with a dot is hidden on the other systems.
        if (isNew && Platform.IsWindows)
            File.SetAttributes(parent, File.GetAttributes(parent) | FileAttributes.Hidden);
        var found = OwnFile.OpenOrCreate(disk, Path);
        using var file = found.File;
        if (!found.IsOwn)
            throw new IOException($"'{Path}' belongs to another user, or has a second name");
        // A line that was cut off stays alone.
        byte[] last = new byte[1];
        bool isTorn = file.Length > 0 && file.Read(last, 1, file.Length - 1) == 1 && last[0] != '\n';
        byte[] text = isTorn ? [(byte)'\n', .. line] : line;
        disk.Write(file, text, text.Length, file.Length);
        // Without the line, a file whose store sends no parts would be a stranger after a power cut.
        disk.Flush(file);
        if (found.IsNew)
            disk.FlushFolder(parent);
        if (isNew)
            disk.FlushFolder(folder);
        return true;
    }

    private Dictionary<string, List<CatalogEntry>> Read()
    {
        var entries = new Dictionary<string, List<CatalogEntry>>(StringComparer.Ordinal);
        if (disk.Look(Path) is not { Type: FileType.Regular } status || !IsTrusted(status))
            return entries;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (CatalogEntry.Parse(line) is { } entry)
                Add(entries, entry);
        }

        return entries;
    }

    // In a folder that several users write to, each of them could bless a file of his own. Whoever owns the folder can
    // replace all files in it anyway.
    private bool IsTrusted(FileStatus status) =>
        status.IsOwn || status.Owner == Administrator || status.Owner == disk.Look(folder)?.Owner;

    private static void Add(Dictionary<string, List<CatalogEntry>> entries, CatalogEntry entry)
    {
        if (!entries.TryGetValue(entry.Path, out var list))
            entries.Add(entry.Path, list = []);
        list.Add(entry);
    }
}
