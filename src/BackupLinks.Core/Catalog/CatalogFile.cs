using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Catalog;

/// <summary>
/// The catalog of a folder: <c>.backuplinks/catalog.jsonl</c>, a line of JSON for each thing that happened to a file
/// there. Lines are added under a lock, are on the disk then, and are never changed.
/// </summary>
/// <param name="folder">The full path of the folder with the saved files.</param>
/// <param name="disk">The file system.</param>
/// <param name="isFound">True for a catalog that is there, so that it is never made anew.</param>
internal sealed class CatalogFile(string folder, Disk disk, bool isFound = false)
{
    // Another process writes a line in a moment; one that holds the file for longer is not waited for.
    private const int MostAttempts = 50;
    private const int UsualLine = 8 * 1024;
    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(100);

    private readonly CatalogEntryReader _reader = new(withObjects: true);
    private readonly CatalogHome _home = new(folder, disk, isFound);
    private readonly List<Addition> _additions = [];
    private CatalogIndex? _index;

    /// <summary>The full path of the folder with the saved files.</summary>
    public string Folder => folder;

    /// <summary>The full path of the catalog.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, CatalogFolder.Name, "catalog.jsonl");

    /// <summary>Lines that were found unreadable, such as those that a power cut has torn.</summary>
    public int UnreadableLines => Volatile.Read(ref _index)?.UnreadableLines ?? 0;

    // Within this process.
    private SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>The files that were saved from an object, the newest first.</summary>
    /// <param name="identity">The identity of the object; see <see cref="CatalogEntry.Identify"/>.</param>
    /// <param name="clock">For the wait for another process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>None when the catalog is not there, or cannot be read.</returns>
    public Task<IReadOnlyList<CatalogEntry>> FindAsync(
        string identity, Clock clock, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<CatalogEntry>>(
            index => [.. index.FindObject(CatalogHead.KeyOfObject(identity)).Select(ReadEntry).OfType<CatalogEntry>()
                .Where(entry => entry.Object == identity)],
            [], clock, cancellationToken);

    /// <summary>
    /// The line of a file, with its last test. Null when the catalog does not have it, and when its removal was begun
    /// or ended: a file that is there nevertheless needs a new line. Without one, the next removal ends the begun one.
    /// </summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="clock">For the wait for another process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<CatalogEntry?> FindFileAsync(string path, Clock clock, CancellationToken cancellationToken) =>
        FindFileAsync(path, state => !state.IsBeingRemoved, clock, cancellationToken);

    /// <summary>The same; also when its removal was begun.</summary>
    /// <inheritdoc cref="FindFileAsync(string, Clock, CancellationToken)"/>
    public Task<CatalogEntry?> FindSavedFileAsync(string path, Clock clock, CancellationToken cancellationToken) =>
        FindFileAsync(path, _ => true, clock, cancellationToken);

    /// <summary>
    /// The same; null also when a test found another content: a file that is there as it was saved all the same needs a
    /// new line, too.
    /// </summary>
    /// <inheritdoc cref="FindFileAsync(string, Clock, CancellationToken)"/>
    public Task<CatalogEntry?> FindUnchangedFileAsync(
        string path, Clock clock, CancellationToken cancellationToken) =>
        FindFileAsync(path, state => !state.IsBeingRemoved && !state.IsChanged, clock, cancellationToken);

    /// <summary>Adds an event.</summary>
    /// <inheritdoc cref="AddAsync(IReadOnlyList{CatalogEvent}, Clock, CancellationToken)"/>
    public Task AddAsync(CatalogEvent item, Clock clock, CancellationToken cancellationToken) =>
        AddAsync([item], clock, cancellationToken);

    /// <summary>Adds events. All of them are on the disk when it returns.</summary>
    /// <param name="events">The events, in their order.</param>
    /// <param name="clock">For the wait for another process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BackupLinksException">The catalog cannot be opened.</exception>
    /// <exception cref="IOException">The catalog cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The catalog cannot be written.</exception>
    public async Task AddAsync(
        IReadOnlyList<CatalogEvent> events, Clock clock, CancellationToken cancellationToken)
    {
        var own = new Addition([.. events.SelectMany(item => item.ToLine())], cancellationToken);
        lock (_additions)
            _additions.Add(own);
        try
        {
            await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (own.IsOnDisk)
                    return;
                cancellationToken.ThrowIfCancellationRequested();
                await RetryAsync(() => AppendAll(own), clock, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Turn.Release();
            }
        }
        finally
        {
            lock (_additions)
                _additions.Remove(own);
        }
    }

    /// <summary>The error of events that could not be added.</summary>
    /// <param name="cause">What <see cref="AddAsync(CatalogEvent, Clock, CancellationToken)"/> threw.</param>
    /// <param name="outcome">The beginning of the message, before the name of the catalog.</param>
    /// <param name="path">The full path of the catalog.</param>
    public static BackupLinksException ToException(Exception cause, string outcome, string path) => new(
        ErrorKind.CatalogUnavailable,
        $"{outcome} the catalog '{path}' ({cause.GetBaseException().Message.TrimEnd('.')}); check its permissions and "
            + "its disk, and run the command again, or pass -NoCatalog.",
        cause);

    /// <summary>Fails when the folder with the files is no longer the one that it was.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DestinationUnavailable"/>.</exception>
    public void RequireHome()
    {
        if (_home.FindLoss() is { } loss)
            throw FileErrors.LostFolder(loss);
    }

    /// <summary>True for a catalog that this user may believe.</summary>
    /// <returns>Null when there is none yet.</returns>
    public bool? IsTrusted() => disk.Look(Path) is not { } status ? null
        : status.Type == FileType.Regular && CatalogFolder.IsTrusted(disk, status, folder);

    /// <summary>Does something that fails while another process writes the catalog.</summary>
    /// <param name="action">The action.</param>
    /// <param name="clock">For the wait for another process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<T> RetryAsync<T>(Func<T> action, Clock clock, CancellationToken cancellationToken)
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

    private async Task<T> ReadAsync<T>(
        Func<CatalogIndex, T> read, T nothing, Clock clock, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RetryAsync(
                () => Update(cancellationToken) is { } index ? read(index) : nothing, clock, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be recognised by it is recognised by other means, or is a stranger.
            return nothing;
        }
        finally
        {
            Turn.Release();
        }
    }

    // Other processes, and other objects of this one, add lines, too.
    private CatalogIndex? Update(CancellationToken cancellationToken)
    {
        if (IsTrusted() != true)
            return _index = null;
        long length = new FileInfo(Path).Length;
        if (_index is null || length < _index.Length)
            _index = new CatalogIndex(Path, withObjects: true);
        if (length > _index.Length)
            _index.Update(cancellationToken);
        return _index;
    }

    // Nearly all lines are short, and a whole block is much to read for one of them.
    private CatalogEntry? ReadEntry(long offset) =>
        ReadLine(offset, offset + UsualLine) ?? ReadLine(offset, long.MaxValue);

    private Task<CatalogEntry?> FindFileAsync(
        string path, Func<CatalogIndex.FileState, bool> counts, Clock clock, CancellationToken cancellationToken)
    {
        string relative = CatalogFolder.ToRelative(folder, path);
        return ReadAsync(
            index => index.Find(CatalogHead.KeyOf(relative)) is { } number && index.StateOf(number) is var state
                && counts(state) && ReadEntry(state.Line) is { } entry
                && entry.Path.Equals(relative, Platform.PathComparison)
                    ? WithTest(entry, index.TestOf(number)) : null,
            null, clock, cancellationToken);
    }

    private static CatalogEntry WithTest(
        CatalogEntry entry, (string State, string? Problem, DateTimeOffset Time)? test) => test is not { } last ? entry
            : entry with { TestState = last.State, Problem = last.Problem, TestedAt = last.Time };

    private CatalogEntry? ReadLine(long offset, long end)
    {
        using var lines = new CatalogLines(Path, offset, end);
        return lines.Read() ? _reader.Read(lines.Line) : null;
    }

    // All that wait for their turn share one flush. Where it fails, each tries again for itself, and has its own error.
    private bool AppendAll(Addition own)
    {
        Addition[] all;
        lock (_additions)
            all = [.. _additions.Where(addition => addition == own || addition.IsWaiting)];
        Append([.. all.SelectMany(addition => addition.Lines)]);
        foreach (var addition in all)
            addition.IsOnDisk = true;
        return true;
    }

    private void Append(byte[] lines)
    {
        string parent = System.IO.Path.GetDirectoryName(Path)!;
        // One that is made anew would make an empty mount point a place to save to.
        if (_home.FindLoss() is var (problem, advice))
            throw new IOException($"{problem}; {advice}");
        bool isNew = disk.Look(parent) is null;
        OwnerOnlyFile.CreateFolder(parent);
        if (disk.Look(parent) is not { Type: FileType.Folder })
            throw new IOException($"'{parent}' is not a folder");
        _home.SetFound();
        // A share that refuses the attribute takes the line all the same.
        if (isNew)
            new FileAttributeSetter(parent, FileNotices.None).TrySet("hidden", () => disk.Hide(parent));
        var found = OwnFile.OpenOrCreate(disk, Path, waits: false);
        using var file = found.File;
        if (!found.IsOwn)
            throw new IOException($"'{Path}' belongs to another user, or has a second name");
        // A line that was cut off stays alone.
        byte[] last = new byte[1];
        bool isTorn = file.Length > 0 && file.Read(last, 1, file.Length - 1) == 1 && last[0] != '\n';
        byte[] text = isTorn ? [(byte)'\n', .. lines] : lines;
        disk.Write(file, text, text.Length, file.Length);
        // Without the line, a file whose store sends no parts would be a stranger after a power cut.
        disk.Flush(file);
        if (found.IsNew)
            disk.FlushFolder(parent);
        if (isNew)
            disk.FlushFolder(folder);
    }

    // The lines of one caller; what becomes of them is decided by the one whose turn it is.
    private sealed class Addition(byte[] lines, CancellationToken stop)
    {
        public byte[] Lines => lines;

        public bool IsOnDisk { get; set; }

        public bool IsWaiting => !IsOnDisk && !stop.IsCancellationRequested;
    }
}
