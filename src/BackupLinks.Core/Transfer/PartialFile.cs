using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using BackupLinks.Errors;
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

    private readonly string _path;
    private readonly PositionalFile _sidecar;
    private readonly object _claimLock = new();
    private PositionalFile? _data;
    private long _sequence;
    private bool _hasClaims;
    private bool _isOver;

    // What an earlier process wrote counts as one.
    private long _writes = 1;
    private long _flushedWrites;
    private volatile bool _hasLostBytes;

    private PartialFile(string path, PositionalFile sidecar)
    {
        _path = path;
        _sidecar = sidecar;
    }

    /// <summary>What earlier runs left and can prove; null for nothing.</summary>
    public PartialRecord? Record { get; private set; }

    /// <summary>The ranges of <see cref="Record"/> that can be relied on.</summary>
    public IReadOnlyList<ByteRange> Done { get; private set; } = [];

    /// <summary>True when something was left, whether or not it can be proved.</summary>
    public bool HadData { get; private set; }

    /// <summary>True for a name that files on their way have.</summary>
    public static bool IsReserved(string name) =>
        name.EndsWith(DataSuffix, StringComparison.OrdinalIgnoreCase) || name.EndsWith(SidecarSuffix, StringComparison.OrdinalIgnoreCase);

    private static string DataPath(string path) => path + DataSuffix;

    private static string SidecarPath(string path) => path + SidecarSuffix;

    /// <summary>Opens what is to become a file.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="force">True to take the place of files of somebody else's.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileInUse"/>, <see cref="ErrorKind.UnsafeFileName"/>, <see cref="ErrorKind.FileExists"/> or
    /// <see cref="ErrorKind.DestinationUnavailable"/>.
    /// </exception>
    public static PartialFile Open(string path, bool force)
    {
        DiskErrors.RefuseLink(SidecarPath(path));
        DiskErrors.RefuseLink(DataPath(path));
        var file = new PartialFile(path, DiskErrors.Open(SidecarPath(path), FileMode.OpenOrCreate));
        try
        {
            file.ReadRecord(force);
            return file;
        }
        catch
        {
            file.LetGo();
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
        _data!.Write(buffer, count, position);
        // Only now: a flush that is under way may have missed it.
        Interlocked.Increment(ref _writes);
    }

    /// <summary>Forgets all bytes.</summary>
    public void Clear()
    {
        // First the claims, then the bytes. A new file, not the old one cut off: nobody but this process can have
        // planted it.
        byte[] nothing = [.. PartialRecord.EmptyLine, .. PartialRecord.EmptyLine];
        _sidecar.Write(nothing, nothing.Length, 0);
        if (_hasClaims)
            _sidecar.FlushToDisk();
        Record = null;
        Done = [];
        _hasClaims = false;
        RemoveData();
        _data = DiskErrors.Open(DataPath(_path), FileMode.CreateNew);
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
            _data!.FlushToDisk();
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
    public void Claim(ObjectIdentity identity, IReadOnlyList<ByteRange> flushed, Func<IReadOnlyList<ByteRange>> written)
    {
        lock (_claimLock)
        {
            byte[] line = new PartialRecord(identity, flushed, _hasLostBytes ? flushed : written(), SystemStart.Id).ToLine(++_sequence);
            if (line.Length == 0)
                return;
            _sidecar.Write(line, line.Length, _sequence % 2 * PartialRecord.LineLength);
            _hasClaims = true;
        }
    }

    /// <summary>Gives the file its name.</summary>
    /// <param name="size">Its size: what a longer earlier one has left behind the end is cut off.</param>
    /// <param name="replace">True to take the place of a file that is there.</param>
    /// <param name="modified">The time to give it; null for now.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.FileExists"/>, among others.</exception>
    public void Finish(long size, bool replace, DateTimeOffset? modified)
    {
        if (_data!.Length < size || !_data.IsStillAt(DataPath(_path)))
        {
            throw new BackupLinksException(
                ErrorKind.FileInUse, $"'{DataPath(_path)}' was cut, moved or removed by somebody else during the download; run the command again.");
        }

        if (_data.Length > size)
        {
            _data.SetLength(size);
            Interlocked.Increment(ref _writes);
        }

        if (!IsFlushed)
            Flush();
        _data.Dispose();
        _data = null;
        if (modified is { } time)
            File.SetLastWriteTimeUtc(DataPath(_path), time.UtcDateTime);
        try
        {
            FileMoves.Rename(DataPath(_path), _path, replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Explain(e, _path, isNew: !replace);
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

    /// <summary>Lets go of the file; what is claimed is there for the next run, a file without claims is removed.</summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        if (_hasClaims)
        {
            _data?.Dispose();
            _sidecar.Dispose();
            return;
        }

        if (_data is not null)
            RemoveData();
        RemoveSidecar();
    }

    // What was not ours to open stays as it is; notes that this process has just made are nobody's.
    private void LetGo()
    {
        _data?.Dispose();
        if (_sidecar.Length == 0)
            RemoveSidecar();
        else
            _sidecar.Dispose();
    }

    private void ReadRecord(bool force)
    {
        byte[] content = new byte[Math.Min(_sidecar.Length, 2 * PartialRecord.LineLength)];
        _ = _sidecar.Read(content, content.Length, 0);
        HadData = File.Exists(DataPath(_path));
        // Also when it is of no use: nobody else may have it in use.
        if (HadData)
        {
            _data = DiskErrors.Open(DataPath(_path), FileMode.Open);
            DiskErrors.RefuseLink(DataPath(_path));
        }

        bool isOurs = content.Length == 0 ? !HadData : PartialRecord.IsOurs(content);
        if (!isOurs && !force)
        {
            throw new BackupLinksException(
                ErrorKind.FileExists,
                $"'{(content.Length == 0 ? DataPath(_path) : SidecarPath(_path))}' is there and is not of an earlier download; move it away, choose another -Destination, or pass -Force.");
        }

        if (_data is null)
            return;
        _data.RestrictToOwner();
        _sidecar.RestrictToOwner();
        if (!isOurs || PartialRecord.Parse(content) is not { } found)
            return;
        _sequence = found.Sequence;
        // Claims that the file is too short for are not true, whatever happened to it.
        var done = found.Record.GetDone(SystemStart.Id);
        bool isThere = done.Count > 0 && done[done.Count - 1].End <= _data.Length;
        if (isThere && found.Record.Identity.IsProvable)
        {
            Record = found.Record;
            Done = done;
            _hasClaims = true;
        }
    }

    private void RemoveSidecar()
    {
        _isOver = true;
        Remove(SidecarPath(_path), _sidecar);
    }

    private void RemoveData()
    {
        Remove(DataPath(_path), _data);
        _data = null;
    }

    // Where the system lets an open file be removed, it is removed while it is still locked.
    private static void Remove(string path, PositionalFile? file)
    {
        bool isRemoved = TryDelete(path);
        file?.Dispose();
        if (!isRemoved)
            TryDelete(path);
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // open, or in another process's hands by now
        }
    }
}
