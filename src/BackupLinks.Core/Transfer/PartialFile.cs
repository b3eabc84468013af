using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>
/// A file on its way to its name: <c>name.partial</c> with the bytes, and <c>name.partial.json</c> that says what
/// they are bytes of. Both are locked as long as this lives; the sidecar's lock is taken first and given up
/// last. The sidecar claims only what is on the disk.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string DataSuffix = ".partial";
    private const string SidecarSuffix = ".partial.json";
    private const int BlockLength = 256 * 1024;

    private readonly string _path;
    private readonly Disk _disk;
    private readonly RequestLog? _log;
    private readonly FileFlusher _flusher;
    private readonly PartialJournal _journal;
    private readonly object _claimLock = new();
    private PositionalFile? _data;
    private bool _hasClaims;
    private bool _isOver;

    // What an earlier process wrote counts as one.
    private long _writes = 1;
    private long _flushedWrites;
    private volatile bool _hasLostBytes;

    private PartialFile(string path, Disk disk, RequestLog? log, FileFlusher flusher, PartialJournal journal)
    {
        _path = path;
        _disk = disk;
        _log = log;
        _flusher = flusher;
        _journal = journal;
    }

    /// <summary>What earlier runs left and can prove; null for nothing.</summary>
    public PartialRecord? Record { get; private set; }

    /// <summary>The ranges of <see cref="Record"/> that can be relied on.</summary>
    public IReadOnlyList<CheckedRange> Done { get; private set; } = [];

    /// <summary>True when something was left, whether or not it can be proved.</summary>
    public bool HadData { get; private set; }

    /// <summary>True for a name that files on their way have.</summary>
    public static bool IsReserved(string name) =>
        name.EndsWith(DataSuffix, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(SidecarSuffix, StringComparison.OrdinalIgnoreCase);

    private static string DataPath(string path) => path + DataSuffix;

    private static string SidecarPath(string path) => path + SidecarSuffix;

    /// <summary>
    /// Opens what is to become a file. Files in the way that no download of this module has left are set aside under
    /// another name, with a warning, or removed.
    /// </summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="force">True to remove the files of others that are in the way.</param>
    /// <param name="disk">The file system; null for that of this machine.</param>
    /// <param name="log">
    /// Told of what the file system does not have, and of what was set aside; null for nobody.
    /// </param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileInUse"/>, <see cref="ErrorKind.UnsafeFileName"/> or
    /// <see cref="ErrorKind.DestinationUnavailable"/>.
    /// </exception>
    public static PartialFile Open(string path, bool force, Disk? disk = null, RequestLog? log = null)
    {
        disk ??= Disk.Local;
        // Before the first of the two files is made.
        FileErrors.RequireFile(SidecarPath(path), disk.Look(SidecarPath(path)));
        FileErrors.RequireFile(DataPath(path), disk.Look(DataPath(path)));
        var flusher = new FileFlusher(disk, path, log?.Tell);
        var journal = OpenJournal(path, force, disk, log, flusher, out bool isNew);
        var file = new PartialFile(path, disk, log, flusher, journal);
        try
        {
            file.OpenData(force);
            return file;
        }
        catch
        {
            file.LetGo(isNew);
            throw;
        }
    }

    /// <summary>Reads bytes that have been written before.</summary>
    public int Read(byte[] buffer, int count, long position) => _data!.Read(buffer, count, position);

    /// <summary>Sets room aside for bytes that are about to be written; safe from any thread.</summary>
    public void Allocate(long position, long count) => _data!.Allocate(position, count);

    /// <summary>Writes bytes; safe from any thread.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void Write(byte[] buffer, int count, long position)
    {
        _disk.Write(_data!, buffer, count, position);
        // Only now: a flush that is under way may have missed it.
        Interlocked.Increment(ref _writes);
    }

    /// <summary>
    /// Reads what earlier runs have claimed, and takes back the claims whose bytes are others by now.
    /// </summary>
    /// <returns>How many bytes are claimed no longer.</returns>
    public long Verify(CancellationToken cancellationToken)
    {
        var good = new List<CheckedRange>(Done.Count);
        long lost = 0;
        byte[] block = new byte[BlockLength];
        foreach (var range in Done)
        {
            if (Sum(range, block, cancellationToken) == range.Checksum)
                good.Add(range);
            else
                lost += range.Length;
        }

        Done = good;
        return lost;
    }

    /// <summary>Forgets all bytes.</summary>
    public void Clear()
    {
        // First the claims, then the bytes. A new file, not the old one cut off: nobody but this process can have
        // planted it.
        _journal.Clear(flush: _hasClaims);
        Record = null;
        Done = [];
        HadData = false;
        _hasClaims = false;
        RemoveData();
        try
        {
            _data = _disk.Open(DataPath(_path), FileMode.CreateNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, DataPath(_path), isNew: true);
        }

        _hasLostBytes = false;
        Interlocked.Increment(ref _writes);
    }

    /// <summary>True when everything that was ever written is on the disk.</summary>
    public bool IsFlushed => Interlocked.Read(ref _flushedWrites) == Interlocked.Read(ref _writes);

    /// <summary>True when the disk did not take all that was written.</summary>
    public bool HasLostBytes => _hasLostBytes;

    /// <summary>Sees to it that everything written before is on the disk.</summary>
    /// <exception cref="IOException">The disk is full, or failed, now or at an earlier flush.</exception>
    public void Flush()
    {
        // A system says only once that bytes were lost: a later flush that succeeds is none of theirs.
        if (_hasLostBytes)
            throw new IOException("The disk did not take what was written to it.");
        long writes = Interlocked.Read(ref _writes);
        try
        {
            _flusher.Flush(_data!);
        }
        catch (IOException)
        {
            _hasLostBytes = true;
            throw;
        }

        Interlocked.Exchange(ref _flushedWrites, writes);
    }

    /// <summary>Claims bytes; from any thread.</summary>
    /// <param name="identity">The object that they are of.</param>
    /// <param name="flushed">What was written before a <see cref="Flush"/>.</param>
    /// <param name="written">Gives what has been written.</param>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void Claim(
        ObjectIdentity identity, IReadOnlyList<CheckedRange> flushed, Func<IReadOnlyList<CheckedRange>> written)
    {
        lock (_claimLock)
        {
            var record = new PartialRecord(identity, flushed, _hasLostBytes ? flushed : written(), BootId.Id);
            if (_journal.Write(record))
                _hasClaims = true;
        }
    }

    /// <summary>
    /// Gives the file its name. When this returns, bytes and name are on the disk; a power cut before leaves the
    /// claims, and what was there before.
    /// </summary>
    /// <param name="size">Its size: what a longer earlier one has left behind the end is cut off.</param>
    /// <param name="replace">True to take the place of a file that is there.</param>
    /// <param name="modified">The time to give it; null for now.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.FileExists"/>, among others.</exception>
    public void Finish(long size, bool replace, DateTimeOffset? modified)
    {
        if (!IsUntouched(DataPath(_path), size))
            throw Touched();
        if (_data!.Length > size)
        {
            _data.SetLength(size);
            Interlocked.Increment(ref _writes);
        }

        if (modified is { } time)
            TryOrnament("time", () => _disk.SetLastWriteTime(_data, time.UtcDateTime));
        if (!IsFlushed)
            Flush();
        try
        {
            Rename(size, replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, _path, isNew: !replace);
        }

        RemoveSidecar();
    }

    /// <summary>Removes the file, of which no byte is of use.</summary>
    public void Discard()
    {
        _hasClaims = false;
        RemoveData();
        RemoveSidecar();
    }

    /// <summary>
    /// Lets go of the file; what is claimed is there for the next run, a file without claims is removed.
    /// </summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        if (_hasClaims)
        {
            _data?.Dispose();
            _journal.Dispose();
            return;
        }

        if (_data is not null)
            RemoveData();
        RemoveSidecar();
    }

    /// <summary>
    /// Ends what a process that stopped after the rename, or a power cut, left beside a finished file: the entry of
    /// the file is flushed, and the sidecar removed.
    /// </summary>
    /// <param name="path">The finished file's full path.</param>
    /// <param name="disk">The file system; null for that of this machine.</param>
    /// <exception cref="IOException">The disk is full, is read-only, or failed.</exception>
    public static void CompleteFinish(string path, Disk? disk = null)
    {
        disk ??= Disk.Local;
        if (disk.Look(SidecarPath(path)) is not { Type: FileType.Regular } || disk.Look(DataPath(path)) is not null)
            return;
        OwnFile? found;
        try
        {
            found = OwnFile.Open(disk, SidecarPath(path));
        }
        catch (BackupLinksException)
        {
            return; // Another process has it.
        }

        if (found is null)
            return;
        var flusher = new FileFlusher(disk, path, null);
        using var journal = new PartialJournal(disk, flusher, found.File);
        if (!found.IsOwn || !(journal.IsOurs || journal.IsEmpty) || disk.Look(DataPath(path)) is not null)
            return;
        // The sidecar goes last, so while it is there the name may not be on the disk.
        flusher.FlushFolder();
        OwnFile.TryDelete(disk, SidecarPath(path));
    }

    private static PartialJournal OpenJournal(
        string path, bool force, Disk disk, RequestLog? log, FileFlusher flusher, out bool isNew)
    {
        while (true)
        {
            OwnFile found;
            try
            {
                found = OwnFile.OpenOrCreate(disk, SidecarPath(path));
            }
            catch (BackupLinksException e) when (OwnFile.IsClosedToOwner(disk, SidecarPath(path), e))
            {
                GetOutOfTheWay(SidecarPath(path), null, force, disk, log);
                continue;
            }

            var journal = new PartialJournal(disk, flusher, found.File);
            isNew = found.IsNew;
            if (found.IsOwn && (journal.IsOurs || journal.IsEmpty))
            {
                TryOrnament(log, path, "mode", () => disk.RestrictToOwner(found.File));
                return journal;
            }

            GetOutOfTheWay(SidecarPath(path), found.File, force, disk, log);
        }
    }

    // A file that is not of a download: its bytes are kept, unless the caller gave leave to replace them.
    private static void GetOutOfTheWay(string path, PositionalFile? file, bool force, Disk disk, RequestLog? log)
    {
        // Windows renames no file that is open.
        file?.Dispose();
        try
        {
            if (force)
                disk.Delete(path);
            else
                SetAside(path, disk, log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.FileExists,
                $"'{path}' is not of an earlier download, and cannot be renamed ({e.Message.TrimEnd('.')}); "
                    + "move it away, or choose another -Destination.",
                e);
        }
    }

    private static void SetAside(string path, Disk disk, RequestLog? log)
    {
        string aside = OwnFile.SetAside(disk, path);
        log?.Warn(
            $"'{path}' is not known to be of an earlier download and was renamed to '{aside}'; "
            + "remove that file when nobody needs it.");
    }

    private void OpenData(bool force)
    {
        // Also when it is of no use: nobody else may have it in use.
        OwnFile? found;
        try
        {
            found = OwnFile.Open(_disk, DataPath(_path));
        }
        catch (BackupLinksException e) when (OwnFile.IsClosedToOwner(_disk, DataPath(_path), e))
        {
            GetOutOfTheWay(DataPath(_path), null, force, _disk, _log);
            return;
        }

        if (found is null)
            return;
        if (!found.IsOwn || !_journal.IsOurs)
        {
            GetOutOfTheWay(DataPath(_path), found.File, force, _disk, _log);
            return;
        }

        HadData = true;
        _data = found.File;
        TryOrnament("mode", () => _disk.RestrictToOwner(_data));
        if (_journal.Record is not { } record)
            return;
        // Claims that the file is too short for are not true, whatever happened to it.
        var done = record.GetCompletedRanges(BootId.Id);
        bool isThere = done.Count > 0 && done[done.Count - 1].End <= _data.Length;
        if (isThere && record.Identity.IsProvable)
        {
            Record = record;
            Done = done;
            _hasClaims = true;
        }
    }

    private void Rename(long size, bool replace)
    {
        var status = _data!.Status;
        // Windows renames no file that is open, and lets nobody touch it until then.
        if (Platform.IsWindows)
            CloseData();
        try
        {
            _disk.Rename(DataPath(_path), _path, replace);
        }
        catch (Exception e) when (_data is null && e is IOException or UnauthorizedAccessException)
        {
            TryReopen();
            throw;
        }

        // Another file may have come to the partial file's name between the look and the rename; it does not keep this
        // one.
        if (!status.IsSameFile(_disk.Look(_path)) || (_data is not null && !IsUntouched(_path, size)))
        {
            TryPutBack();
            throw Touched();
        }

        CloseData();
        _flusher.FlushFolder();
    }

    private void CloseData()
    {
        _data?.Dispose();
        _data = null;
    }

    private void TryReopen()
    {
        try
        {
            _data = _disk.Open(DataPath(_path), FileMode.Open);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays for the next run.
        }
    }

    private void TryPutBack()
    {
        try
        {
            if (_disk.Look(DataPath(_path)) is null)
                _disk.Rename(_path, DataPath(_path), replace: false);
            else
                OwnFile.SetAside(_disk, _path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or out of reach.
        }
    }

    private bool IsUntouched(string path, long size) => _data!.Length >= size && OwnFile.IsAt(_disk, _data, path);

    private BackupLinksException Touched() => new(
        ErrorKind.FileInUse,
        $"'{DataPath(_path)}' was cut, moved, linked or removed by another process during the download; "
            + "run the command again.");

    private void TryOrnament(string what, Action set) => TryOrnament(_log, _path, what, set);

    // A file is as good without it: some mounts set neither times nor modes.
    private static void TryOrnament(RequestLog? log, string path, string what, Action set)
    {
        try
        {
            set();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // An ArgumentException is the framework's for a time that the system does not have.
            log?.Tell?.Invoke(
                $"The file system of '{path}' does not set the {what} of a file ({e.Message.TrimEnd('.')}).");
        }
    }

    // What was not ours to open stays as it is; notes that this process has just made are nobody's.
    private void LetGo(bool isNew)
    {
        _data?.Dispose();
        if (isNew || _journal.IsEmpty)
            RemoveSidecar();
        else
            _journal.Dispose();
    }

    private ulong Sum(CheckedRange range, byte[] block, CancellationToken cancellationToken)
    {
        ulong sum = 0;
        for (long position = range.Start; position < range.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = _data!.Read(block, (int)Math.Min(block.Length, range.End - position), position);
            if (count == 0)
                break;
            sum = CheckedRange.Append(sum, block.AsSpan(0, count));
            position += count;
        }

        return sum;
    }

    private void RemoveSidecar()
    {
        _isOver = true;
        Remove(SidecarPath(_path), _journal);
    }

    // Whatever has taken its name is another process's.
    private void RemoveData()
    {
        if (_data is null)
            return;
        if (_data.Status.IsSameFile(_disk.Look(DataPath(_path))))
            Remove(DataPath(_path), _data);
        CloseData();
    }

    // Where the system lets an open file be removed, it is removed while it is still locked.
    private void Remove(string path, IDisposable file)
    {
        bool isRemoved = OwnFile.TryDelete(_disk, path);
        file.Dispose();
        if (!isRemoved)
            OwnFile.TryDelete(_disk, path);
    }
}
