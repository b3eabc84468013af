using System;
using System.Buffers;
using System.Buffers.Binary;

namespace BackupLinks.Formats.Compression;

/// <summary>
/// The output of a decoder that it may refer back to, with room for more. The bytes of the window move to the front
/// now and then.
/// </summary>
internal sealed class OutputWindow : IDisposable
{
    /// <summary>The most bytes that a window keeps, in bytes: twice those of xz's greatest preset.</summary>
    public const int LongestHistory = 128 * 1024 * 1024;

    private const int Slack = 16;

    // A window grows with its content; many writers announce a longer one than they use.
    private const int FirstHistory = 1024 * 1024;

    private byte[] _buffer = [];
    private int _history;
    private int _room;
    private int _start;
    private int _end;
    private int _taken;

    /// <summary>How many bytes a match can reach back.</summary>
    public int Reach => _end - _start;

    /// <summary>How many bytes have been put out since <see cref="Begin"/>.</summary>
    public long Length { get; private set; }

    /// <summary>How many bytes are ready to be taken.</summary>
    public int Ready => _end - _taken;

    /// <summary>The bytes that are ready to be taken.</summary>
    public ReadOnlySpan<byte> ReadySpan => _buffer.AsSpan(_taken, _end - _taken);

    /// <summary>Begins an output.</summary>
    /// <param name="history">The most bytes that a match can reach back.</param>
    /// <param name="room">The most bytes that come at once.</param>
    public void Begin(int history, int room)
    {
        _history = history;
        _room = room;
        int size = SizeOf(Math.Min(history, FirstHistory));
        if (_buffer.Length < size)
        {
            Dispose();
            _buffer = ArrayPool<byte>.Shared.Rent(size);
        }

        Reset();
        Length = 0;
    }

    /// <summary>Forgets what there is.</summary>
    public void Reset() => _start = _end = _taken = 0;

    /// <summary>Makes room for as many bytes as come at once; all that was ready must have been taken.</summary>
    public void MakeRoom()
    {
        if (_end + _room + Slack <= _buffer.Length)
            return;
        int kept = Math.Min(_history, _end - _start);
        byte[] from = _buffer;
        int size = SizeOf((int)Math.Min(_history, 2L * kept));
        if (from.Length < size)
            _buffer = ArrayPool<byte>.Shared.Rent(size);
        Buffer.BlockCopy(from, _end - kept, _buffer, 0, kept);
        if (from != _buffer && from.Length > 0)
            ArrayPool<byte>.Shared.Return(from);
        _start = 0;
        _end = _taken = kept;
    }

    /// <summary>Takes bytes that are ready.</summary>
    public int Take(byte[] buffer, int offset, int count)
    {
        int read = Math.Min(count, _end - _taken);
        Buffer.BlockCopy(_buffer, _taken, buffer, offset, read);
        _taken += read;
        return read;
    }

    /// <summary>Takes all bytes that are ready, which the caller has seen.</summary>
    public void TakeAll() => _taken = _end;

    /// <summary>One of the bytes put out.</summary>
    /// <param name="distance">How far back; 1 for the last.</param>
    public byte Back(int distance) => _buffer[_end - distance];

    /// <summary>Puts out one byte.</summary>
    public void Put(byte value)
    {
        _buffer[_end++] = value;
        Length++;
    }

    /// <summary>Puts out bytes.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
        Length += bytes.Length;
    }

    /// <summary>Puts out the same byte several times.</summary>
    public void Put(byte value, int count)
    {
        _buffer.AsSpan(_end, count).Fill(value);
        _end += count;
        Length += count;
    }

    /// <summary>Puts out bytes once more that are there already.</summary>
    /// <param name="distance">How far back they begin, up to <see cref="Reach"/>.</param>
    /// <param name="count">How many.</param>
    public void Copy(int distance, int count)
    {
        byte[] buffer = _buffer;
        int to = _end;
        int from = to - distance;
        _end += count;
        Length += count;
        if (distance >= 8 && count <= 64)
        {
            // Up to seven bytes too many, for which there is room.
            for (int i = 0; i < count; i += 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(to + i),
                    BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(from + i)));
            }
        }
        else if (distance >= count)
        {
            Buffer.BlockCopy(buffer, from, buffer, to, count);
        }
        else if (distance == 1)
        {
            buffer.AsSpan(to, count).Fill(buffer[from]);
        }
        else
        {
            for (int i = 0; i < count; i++)
                buffer[to + i] = buffer[from + i];
        }
    }

    // The bytes move to the front only once for many pieces.
    private int SizeOf(int history) => checked(history + _room + Math.Max(_room, history / 2) + Slack);

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
