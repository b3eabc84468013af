using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Sees each piece of what a <see cref="ByteReader"/> has passed, once.</summary>
/// <param name="bytes">The next bytes.</param>
internal delegate void BytesPassed(ReadOnlySpan<byte> bytes);

/// <summary>
/// Reads a source through a window of limited size. A value that the source ends before is the end of the test:
/// <see cref="BackupFileState.Truncated"/>.
/// </summary>
internal sealed class ByteReader : IDisposable
{
    /// <summary>The most bytes that can be seen at once.</summary>
    public const int LookAhead = 64 * 1024;

    // A decoder that takes eight bytes at once may have to give some back.
    private const int LookBack = 8;

    private readonly IByteSource? _source;
    private readonly ReadAhead? _blocks;
    private byte[] _buffer;
    private long _offset;
    private int _start;
    private int _end;
    private int _watchedTo;
    private bool _isAtSourceEnd;
    private BytesPassed? _watcher;

    /// <summary>Creates a reader at the beginning of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="blockSize">How many bytes are read from it at once.</param>
    public ByteReader(IByteSource source, int blockSize = 256 * 1024)
    {
        _source = source;
        _buffer = ArrayPool<byte>.Shared.Rent(blockSize);
    }

    /// <summary>Creates a reader of blocks that another thread reads.</summary>
    /// <param name="blocks">The blocks.</param>
    public ByteReader(ReadAhead blocks)
    {
        _blocks = blocks;
        _buffer = [];
    }

    /// <summary>How many bytes have been passed.</summary>
    public long Position => _offset + _start;

    /// <summary>True when no byte is left.</summary>
    public bool IsAtEnd => _start == _end && !Fill(1);

    /// <summary>The bytes in the window; there may be none although there are more in the source.</summary>
    public ReadOnlySpan<byte> Window => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The array that has the window, for decoders; see <see cref="WindowStart"/>.</summary>
    public byte[] WindowBuffer => _buffer;

    /// <summary>Where the window begins in <see cref="WindowBuffer"/>.</summary>
    public int WindowStart => _start;

    /// <summary>Where the window ends in <see cref="WindowBuffer"/>.</summary>
    public int WindowEnd => _end;

    /// <summary>Passes the bytes from here on to a watcher, or to none.</summary>
    /// <param name="watcher">The watcher; null to end it. It has all passed bytes when this returns.</param>
    public void Watch(BytesPassed? watcher)
    {
        ShowPassed();
        _watcher = watcher;
    }

    /// <summary>Shows the watcher what was passed since it last saw any.</summary>
    public void ShowPassed()
    {
        if (_watcher is not null && _watchedTo < _start)
            _watcher(_buffer.AsSpan(_watchedTo, _start - _watchedTo));
        _watchedTo = _start;
    }

    /// <summary>Gets so many bytes into the window.</summary>
    /// <param name="count">Their number, up to <see cref="LookAhead"/>.</param>
    /// <returns>False when the source ends before; then the window has all that is left.</returns>
    public bool Fill(int count)
    {
        while (_end - _start < count)
        {
            if (_isAtSourceEnd)
                return false;
            int read = _blocks is null ? ReadMore(Math.Max(count, LookAhead)) : TakeBlock(_blocks);
            _isAtSourceEnd = read == 0;
            _end += read;
        }

        return true;
    }

    /// <summary>Looks at the next bytes without passing them.</summary>
    /// <param name="count">The most to see, up to <see cref="LookAhead"/>.</param>
    /// <returns>Fewer only at the end.</returns>
    public ReadOnlySpan<byte> Peek(int count)
    {
        Fill(count);
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Passes bytes that are in the window, or gives up to seven back that were passed last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => _start += count;

    /// <summary>Reads bytes; they are valid until the next call.</summary>
    /// <param name="count">Their number, up to <see cref="LookAhead"/>.</param>
    /// <param name="what">The name of the bytes, for the problem.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Read(int count, string what)
    {
        if (_end - _start < count)
            Require(count, what);
        var bytes = _buffer.AsSpan(_start, count);
        _start += count;
        return bytes;
    }

    /// <summary>Reads one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte(string what)
    {
        if (_start == _end)
            Require(1, what);
        return _buffer[_start++];
    }

    public ushort ReadUInt16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(Read(2, what));

    public uint ReadUInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Read(4, what));

    public ulong ReadUInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Read(8, what));

    public uint ReadUInt32BigEndian(string what) => BinaryPrimitives.ReadUInt32BigEndian(Read(4, what));

    public ulong ReadUInt64BigEndian(string what) => BinaryPrimitives.ReadUInt64BigEndian(Read(8, what));

    /// <summary>Passes bytes, any number of them.</summary>
    /// <param name="count">Their number.</param>
    /// <param name="what">The name of the bytes, for the problem.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(long count, string what)
    {
        if ((ulong)count <= (ulong)(_end - _start))
            _start += (int)count;
        else
            SkipFar(count, what);
    }

    /// <summary>Passes all that is left.</summary>
    /// <returns>The number of bytes.</returns>
    public long SkipToEnd()
    {
        long from = Position;
        do
            _start = _end;
        while (Fill(1));
        return Position - from;
    }

    /// <summary>Reads into an array.</summary>
    /// <returns>The number of bytes, which is 0 only at the end.</returns>
    public int ReadSome(byte[] buffer, int offset, int count)
    {
        if (_start == _end && !Fill(1))
            return 0;
        int read = Math.Min(count, _end - _start);
        Buffer.BlockCopy(_buffer, _start, buffer, offset, read);
        _start += read;
        return read;
    }

    public void Dispose()
    {
        // A later read must not see the buffer of another reader.
        byte[] buffer = _buffer;
        _buffer = [];
        _start = _end = 0;
        _isAtSourceEnd = true;
        if (buffer.Length > 0 && _blocks is null)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    // Bytes that are not passed, and a few that are, move to the front when there is no room behind them.
    private int ReadMore(int room)
    {
        if (_buffer.Length - _start < room)
        {
            ShowPassed();
            int moved = Math.Max(0, _start - LookBack);
            Buffer.BlockCopy(_buffer, moved, _buffer, 0, _end - moved);
            _offset += moved;
            _end -= moved;
            _start -= moved;
            _watchedTo = _start;
        }

        return _source!.Read(_buffer, _end, _buffer.Length - _end);
    }

    // They move to the room in front of the next block.
    private int TakeBlock(ReadAhead blocks)
    {
        var (bytes, count) = blocks.Take();
        if (count == 0)
        {
            blocks.Return(bytes);
            return 0;
        }

        ShowPassed();
        int moved = Math.Max(0, _start - LookBack);
        int to = ReadAhead.Headroom - (_end - moved);
        Buffer.BlockCopy(_buffer, moved, bytes, to, _end - moved);
        _offset += moved - to;
        _start += to - moved;
        _end = ReadAhead.Headroom;
        _watchedTo = _start;
        blocks.Return(_buffer);
        _buffer = bytes;
        return count;
    }

    private void Require(int count, string what)
    {
        if (!Fill(count))
            throw Cut(Position, count, _end - _start, what);
    }

    private void SkipFar(long count, string what)
    {
        long from = Position;
        if (count < 0)
            throw BackupFormatException.Damaged(from, $"{what} has a length beyond any file");
        for (long left = count; ;)
        {
            int step = (int)Math.Min(left, _end - _start);
            _start += step;
            left -= step;
            if (left == 0)
                return;
            if (!Fill(1))
                throw Cut(from, count, count - left, what);
        }
    }

    private static BackupFormatException Cut(long at, long count, long there, string what) =>
        BackupFormatException.Truncated(
        at, $"{what} of {Numbers.Count(count, "byte")} begins at {Numbers.Text(at)} and {Numbers.Text(there)} "
        + "bytes are there");
}
