using System;
using System.IO;

namespace BackupLinks.Shims;

/// <summary>
/// A file that several threads read and write at positions of their own. Nobody else can open it meanwhile; on
/// systems with modes, a new one is for its owner only.
/// </summary>
internal sealed class PositionalFile : IDisposable
{
    private readonly FileStream _stream;
#if !NET8_0_OR_GREATER
    private readonly object _lock = new();
#endif

    private PositionalFile(FileStream stream) => _stream = stream;

    /// <summary>Opens or creates a file.</summary>
    public static PositionalFile Open(string path, FileMode mode)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new PositionalFile(new FileStream(path, options));
#else
        return new PositionalFile(new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
#endif
    }

    /// <summary>Closes the file to others, where the system knows modes: it may have been left by an earlier run, or by somebody in its place.</summary>
    public void RestrictToOwner()
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
#else
        _ = _stream;
#endif
    }

    /// <summary>False when the file at the path is known to be another one by now.</summary>
    public bool IsStillAt(string path)
    {
        string? target = null;
#if NET8_0_OR_GREATER
        // Windows lets nobody move or remove a file that is open.
        if (OperatingSystem.IsLinux())
            target = new FileInfo($"/proc/self/fd/{_stream.SafeFileHandle.DangerousGetHandle()}").LinkTarget;
#endif
        return target is not null ? Path.GetFileName(target) == Path.GetFileName(path) : !_stream.SafeFileHandle.IsClosed && File.Exists(path);
    }

    /// <summary>The length in bytes.</summary>
    public long Length => _stream.Length;

    /// <summary>Reads up to <paramref name="count"/> bytes; 0 at the end.</summary>
    public int Read(byte[] buffer, int count, long position)
    {
#if NET8_0_OR_GREATER
        return RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(0, count), position);
#else
        lock (_lock)
        {
            _stream.Position = position;
            return _stream.Read(buffer, 0, count);
        }
#endif
    }

    /// <summary>Writes bytes.</summary>
    public void Write(byte[] buffer, int count, long position)
    {
#if NET8_0_OR_GREATER
        RandomAccess.Write(_stream.SafeFileHandle, buffer.AsSpan(0, count), position);
#else
        lock (_lock)
        {
            _stream.Position = position;
            _stream.Write(buffer, 0, count);
        }
#endif
    }

    /// <summary>
    /// Sets room aside, without a change of the length, where the system can: a file system does that for a megabyte with
    /// less work than for its blocks one by one as they are written. Nothing is lost where it cannot, or has no room.
    /// </summary>
    public void Allocate(long position, long count)
    {
#if NET8_0_OR_GREATER
        // The framework does it for new files only, and for all of a file at once.
        Libc.Allocate(_stream.SafeFileHandle, position, count);
#else
        _ = (_stream, position, count);
#endif
    }

    /// <summary>Returns when everything written is on the disk.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void FlushToDisk()
    {
#if NET8_0_OR_GREATER
        DiskFlush.Flush(_stream);
#else
        lock (_lock)
            DiskFlush.Flush(_stream);
#endif
    }

    /// <summary>Cuts the file off.</summary>
    public void SetLength(long length) => _stream.SetLength(length);

    public void Dispose() => _stream.Dispose();
}
