using System;
using System.Collections.Generic;
using System.IO;
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
    private readonly string _path;
    private readonly PositionalFile _sidecar;
    private PositionalFile? _data;
    private long _sequence;
    private bool _hasClaims;
    private bool _isOver;

    private PartialFile(string path, PositionalFile sidecar)
    {
        _path = path;
        _sidecar = sidecar;
    }

    /// <summary>What earlier runs left and can prove; null for nothing.</summary>
    public PartialRecord? Record { get; private set; }

    private static string DataPath(string path) => path + ".partial";

    private static string SidecarPath(string path) => path + ".partial.json";

    /// <summary>Opens what is to become a file.</summary>
    /// <param name="path">The file's full path.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileInUse"/>, <see cref="ErrorKind.UnsafeFileName"/>, <see cref="ErrorKind.FileExists"/> or
    /// <see cref="ErrorKind.DestinationUnavailable"/>.
    /// </exception>
    public static PartialFile Open(string path)
    {
        DiskErrors.RefuseLink(SidecarPath(path));
        DiskErrors.RefuseLink(DataPath(path));
        var file = new PartialFile(path, DiskErrors.Open(SidecarPath(path), FileMode.OpenOrCreate));
        try
        {
            file.ReadRecord();
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

    /// <summary>Writes bytes; safe from any thread.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void Write(byte[] buffer, int count, long position) => _data!.Write(buffer, count, position);

    /// <summary>Forgets all bytes.</summary>
    public void Clear()
    {
        // First the claims, then the bytes. A new file, not the old one cut off: nobody but this process can have
        // planted it.
        _sidecar.SetLength(0);
        _sidecar.FlushToDisk();
        Record = null;
        _hasClaims = false;
        RemoveData();
        _data = DiskErrors.Open(DataPath(_path), FileMode.CreateNew);
    }

    /// <summary>Sees to it that the bytes are on the disk, then claims them.</summary>
    public void Claim(ObjectIdentity identity, IReadOnlyList<ByteRange> done)
    {
        _data!.FlushToDisk();
        byte[] line = new PartialRecord(identity, done).ToLine(++_sequence);
        if (line.Length == 0)
            return;
        _sidecar.Write(line, line.Length, _sequence % 2 * PartialRecord.LineLength);
        _hasClaims = true;
    }

    /// <summary>Gives the file its name.</summary>
    /// <param name="size">Its size: what a longer earlier one has left behind the end is cut off.</param>
    /// <param name="replace">True to take the place of a file that is there.</param>
    /// <param name="modified">The time to give it; null for now.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.FileExists"/>, among others.</exception>
    public void Finish(long size, bool replace, DateTimeOffset? modified)
    {
        if (_data!.Length != size)
            _data.SetLength(size);
        _data.FlushToDisk();
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
        _sidecar.SetLength(0);
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

    private void ReadRecord()
    {
        byte[] content = new byte[Math.Min(_sidecar.Length, 2 * PartialRecord.LineLength)];
        _ = _sidecar.Read(content, content.Length, 0);
        if (!PartialRecord.IsOurs(content))
        {
            throw new BackupLinksException(
                ErrorKind.FileExists, $"'{SidecarPath(_path)}' is a file of somebody else's, in the place of this one's notes; move it away, or choose another -Destination.");
        }

        if (!File.Exists(DataPath(_path)))
            return;
        // Also when it is of no use: nobody else may have it in use.
        _data = DiskErrors.Open(DataPath(_path), FileMode.Open);
        DiskErrors.RefuseLink(DataPath(_path));
        if (PartialRecord.Parse(content) is not { } found)
            return;
        _sequence = found.Sequence;
        // Claims that the file is too short for are not true, whatever happened to it.
        bool isThere = found.Record.Done.Count == 0 || found.Record.Done[found.Record.Done.Count - 1].End <= _data.Length;
        if (isThere && found.Record.Identity.IsProvable && found.Record.DoneLength > 0)
        {
            Record = found.Record;
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
