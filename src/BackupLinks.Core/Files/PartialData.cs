using System;
using System.IO;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// The bytes of a partial file, open and locked. It knows what the disk has of them, and takes the name of the finished
/// file only while it is the file that this process wrote.
/// </summary>
/// <param name="path">The path of the finished file.</param>
/// <param name="disk">The file system.</param>
/// <param name="flusher">Flushes the files of that name.</param>
/// <param name="attributes">Sets time and mode.</param>
/// <param name="notices">Takes the warning of a file that stays.</param>
internal sealed class PartialData(
    string path, Disk disk, FileFlusher flusher, FileAttributeSetter attributes, FileNotices notices) : IDisposable
{
    private PositionalFile? _file;

    // Where the last write behind all others ended.
    private long _end;
    private long _allocated;
    private volatile bool _isSparse;

    // The bytes of an earlier process count as one.
    private long _writes = 1;
    private long _flushedWrites;
    private volatile bool _hasLostBytes;

    /// <summary>The length in bytes.</summary>
    public long Length => _file!.Length;

    /// <summary>True when every byte that was ever written is on the disk.</summary>
    public bool IsFlushed => Interlocked.Read(ref _flushedWrites) == Interlocked.Read(ref _writes);

    /// <summary>True when the disk did not take all that was written.</summary>
    public bool HasLostBytes => _hasLostBytes;

    private string DataPath => PartialFileName.DataOf(path);

    /// <summary>Takes over the file of an earlier run.</summary>
    public void Adopt(PositionalFile file)
    {
        _file = file;
        _end = file.Length;
        attributes.TrySet("mode", () => disk.RestrictToOwner(file));
    }

    /// <summary>Replaces the file by an empty one.</summary>
    /// <exception cref="BackupLinksException">The system does not let it.</exception>
    public void Create()
    {
        // A new file, not the old one cut off: no other process can have planted it.
        Remove();
        try
        {
            _file = disk.Open(DataPath, FileMode.CreateNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, DataPath, isNew: true);
        }

        _hasLostBytes = false;
        _isSparse = false;
        Interlocked.Exchange(ref _end, 0);
        Interlocked.Exchange(ref _allocated, 0);
        Interlocked.Increment(ref _writes);
    }

    /// <summary>Reads bytes that have been written before; safe from any thread.</summary>
    public int Read(byte[] buffer, int count, long position) => _file!.Read(buffer, count, position);

    /// <summary>Sets room aside for bytes that are about to be written; safe from any thread.</summary>
    public void Allocate(long position, long count)
    {
        if (_file!.Allocate(position, count))
            Interlocked.Add(ref _allocated, count);
    }

    /// <summary>How many bytes room was set aside for; safe from any thread.</summary>
    public long Allocated => Interlocked.Read(ref _allocated);

    /// <summary>Writes bytes; safe from any thread.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void Write(byte[] buffer, int count, long position)
    {
        // A connection begins far behind the end. Several may find that at once, which does no harm.
        if (!_isSparse && position > Interlocked.Read(ref _end))
        {
            disk.MakeSparse(_file!);
            _isSparse = true;
        }

        disk.Write(_file!, buffer, count, position);
        if (position + count > Interlocked.Read(ref _end))
            Interlocked.Exchange(ref _end, position + count);
        // Only now: a flush that is under way may have missed it.
        Interlocked.Increment(ref _writes);
    }

    /// <summary>Returns when everything written before is on the disk.</summary>
    /// <exception cref="IOException">The disk is full, or failed, now or at an earlier flush.</exception>
    public void Flush()
    {
        // A system reports lost bytes once only: a later flush that succeeds says nothing of them.
        if (_hasLostBytes)
            throw new IOException("The disk did not store the data.");
        long writes = Interlocked.Read(ref _writes);
        try
        {
            flusher.Flush(_file!);
        }
        catch (IOException)
        {
            _hasLostBytes = true;
            throw;
        }

        Interlocked.Exchange(ref _flushedWrites, writes);
    }

    /// <summary>The checksum of a range, as far as its bytes are there; see <see cref="CheckedRange"/>.</summary>
    public ulong Sum(CheckedRange range, byte[] block, CancellationToken cancellationToken)
    {
        ulong sum = 0;
        for (long position = range.Start; position < range.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Read(block, (int)Math.Min(block.Length, range.End - position), position);
            if (count == 0)
                break;
            sum = CheckedRange.Append(sum, block.AsSpan(0, count));
            position += count;
        }

        return sum;
    }

    /// <summary>Gives the file its name; bytes and name are on the disk when this returns.</summary>
    /// <param name="target">The full path to give it.</param>
    /// <param name="size">Its size: what a longer earlier one has left behind the end is cut off.</param>
    /// <param name="replace">True to take the place of a file that is there.</param>
    /// <param name="modified">The time to give it; null for now.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.FileExists"/>, among others.</exception>
    public void Finish(string target, long size, bool replace, DateTimeOffset? modified)
    {
        if (!IsUntouched(DataPath, size))
            throw Touched();
        if (Length > size)
        {
            _file!.SetLength(size);
            Interlocked.Increment(ref _writes);
        }

        if (modified is { } time)
            attributes.TrySet("time", () => disk.SetLastWriteTime(_file!, time.UtcDateTime));
        if (!IsFlushed)
            Flush();
        try
        {
            Rename(target, size, replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, target, isNew: !replace);
        }
    }

    /// <summary>Removes the file. A file that another process has put in its place stays.</summary>
    public void Remove()
    {
        if (_file is null)
            return;
        if (_file.Status.IsSameFile(disk.Look(DataPath)))
            OwnFile.Remove(disk, DataPath, _file, notices);
        Dispose();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Rename(string target, long size, bool replace)
    {
        var status = _file!.Status;
        // Windows renames no file that is open, and lets no other process touch it until then.
        if (!disk.RenamesOpenFiles)
            Dispose();
        bool wasReadOnly = false;
        try
        {
            wasReadOnly = replace && disk.MakeReplaceable(target);
            if (!disk.TryRenameWhenClosed(DataPath, target, replace))
            {
                RemoveFirstName(target, size);
                flusher.FlushFolder();
                return;
            }
        }
        catch (Exception e) when (_file is null && e is IOException or UnauthorizedAccessException)
        {
            bool isThis = FileErrors.IsBusy(e) && (FileErrors.IsOpenElsewhere(DataPath) || disk.Look(target) is null);
            // Before the file is open again here, which would look like another process.
            var failure = FileErrors.ToException(e, isThis ? DataPath : target, isNew: !replace);
            TryReopen();
            if (wasReadOnly)
                disk.MakeReadOnly(target);
            throw failure;
        }

        // Another file may have come to the partial file's name between the look and the rename; it does not keep this
        // one.
        if (!status.IsSameFile(disk.Look(target)) || (_file is not null && !IsUntouched(target, size)))
        {
            TryPutBack(target);
            throw Touched();
        }

        Dispose();
        flusher.FlushFolder();
    }

    // Two names of one file may have two numbers under FUSE; the first is the file that was written, and the second was
    // made of it. It goes only when it is closed: NFS keeps an open file under a third name.
    private void RemoveFirstName(string target, long size)
    {
        var status = _file!.Status;
        bool isThis = status.IsSameFile(disk.Look(DataPath));
        bool isNamed = isThis && IsSecondName(target, status);
        if (!isNamed || status is not { Type: FileType.Regular, Links: <= 2 } || Length < size)
        {
            if (isNamed)
                OwnFile.TryDelete(disk, target);
            else if (!isThis)
                TryPutBack(target);
            throw Touched();
        }

        Dispose();
        disk.Delete(DataPath);
    }

    // Where the numbers differ, a file that came in between has another size or time.
    private bool IsSecondName(string target, FileStatus status) =>
        disk.Look(target) is { Type: FileType.Regular } there && (there.IsSameFile(status)
            || (there.Size == status.Size
                && File.GetLastWriteTimeUtc(target) == File.GetLastWriteTimeUtc(DataPath)));

    private void TryReopen()
    {
        try
        {
            _file = disk.Open(DataPath, FileMode.Open);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays for the next run.
        }
    }

    private void TryPutBack(string target)
    {
        try
        {
            if (disk.Look(DataPath) is null)
                disk.Rename(target, DataPath, replace: false);
            else
                OwnFile.SetAside(disk, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or out of reach.
        }
    }

    private bool IsUntouched(string at, long size) => Length >= size && OwnFile.IsAt(disk, _file!, at);

    private BackupLinksException Touched() => new(
        ErrorKind.FileInUse,
        $"'{DataPath}' was cut, moved, linked or removed by another process during the download; "
            + "run the command again.");
}
