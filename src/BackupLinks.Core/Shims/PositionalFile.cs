using System;
using System.IO;

namespace BackupLinks.Shims;

/// <summary>
/// A file that several threads read and write at positions of their own. No other process can open it in the
/// meantime; on systems with modes, a new one is for its owner only.
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
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new PositionalFile(new FileStream(path, options));
#else
        return new PositionalFile(new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
#endif
    }

    /// <summary>
    /// Closes the file to others, where the system knows modes: an earlier run may have left it, or another
    /// process may have put it there.
    /// </summary>
    public void RestrictToOwner()
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
#else
        _ = _stream;
#endif
    }

    /// <summary>The path that it was opened at.</summary>
    public string Path => _stream.Name;

    /// <summary>The status of the file.</summary>
    public FileStatus Status => FileStatusReader.OfHandle(_stream.SafeFileHandle);

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
    /// <exception cref="IOException">
    /// The disk is full, or failed, or its file system has no files of that size.
    /// </exception>
    public void Write(byte[] buffer, int count, long position)
    {
        try
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
        catch (ArgumentOutOfRangeException)
        {
            // The framework's exception for EFBIG.
            throw SystemErrors.ToException(SystemErrors.FileTooLarge, _stream.Name);
        }
    }

    /// <summary>
    /// Sets room aside, without a change of the length, where the system can: a file system does that for a megabyte
    /// with less work than for its blocks one by one as they are written. Nothing is lost where it cannot, or has no
    /// room.
    /// </summary>
    /// <returns>True when the room is set aside.</returns>
    public bool Allocate(long position, long count) => Libc.Allocate(_stream.SafeFileHandle, position, count);

    /// <summary>
    /// Makes it sparse, so that a write far behind its end does not fill what is between. Nothing is lost where the
    /// system, or the file system, has no such call.
    /// </summary>
    public void MakeSparse()
    {
        // On the other systems, each file is.
        if (Platform.IsWindows)
            _ = Kernel32.MakeSparse(_stream.SafeFileHandle);
    }

    /// <summary>Returns when everything written is on the disk.</summary>
    /// <returns>False when the file system does not have such a call.</returns>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public bool FlushToDisk()
    {
#if NET8_0_OR_GREATER
        return DiskFlush.Flush(_stream);
#else
        lock (_lock)
            return DiskFlush.Flush(_stream);
#endif
    }

    /// <summary>Sets the time of the last change.</summary>
    public void SetLastWriteTime(DateTime utc)
    {
#if NET8_0_OR_GREATER
        File.SetLastWriteTimeUtc(_stream.SafeFileHandle, utc);
#else
        // .NET Framework opens the file once more, which Windows refuses.
        if (!Platform.IsWindows)
            File.SetLastWriteTimeUtc(_stream.Name, utc);
        else if (Kernel32.SetLastWriteTime(_stream.SafeFileHandle, utc) is not 0 and var error)
            throw SystemErrors.ToWindowsException(error, _stream.Name);
#endif
    }

    /// <summary>Cuts the file off.</summary>
    public void SetLength(long length) => _stream.SetLength(length);

    public void Dispose() => _stream.Dispose();
}
