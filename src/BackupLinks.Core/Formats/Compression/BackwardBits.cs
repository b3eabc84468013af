using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats.Compression;

/// <summary>Bits that are read from the end of a range to its beginning (RFC 8878 section 4.1). Eight bytes of room
/// follow it.</summary>
internal struct BackwardBits
{
    private readonly byte[] _data;
    private readonly int _start;

    /// <summary>Begins at the last bit that is set.</summary>
    /// <param name="data">The array.</param>
    /// <param name="start">Where the range begins.</param>
    /// <param name="length">The length of the range in bytes.</param>
    public BackwardBits(byte[] data, int start, int length)
    {
        _data = data;
        _start = start;
        byte last = length > 0 ? data[start + length - 1] : (byte)0;
        IsValid = last != 0;
        Left = IsValid ? (8 * (length - 1)) + FseTable.HighBit(last) : 0;
    }

    /// <summary>False for a range without a bit that marks its end.</summary>
    public bool IsValid { get; }

    /// <summary>How many bits are left; negative when more were read than there are.</summary>
    public int Left { get; private set; }

    /// <summary>Looks at the next bits; behind the beginning of the range, they are 0.</summary>
    /// <param name="count">Up to 56.</param>
    public readonly ulong Peek(int count)
    {
        int at = Left - count;
        ulong mask = (1UL << count) - 1;
        if (at >= 0)
            return (BinaryPrimitives.ReadUInt64LittleEndian(_data.AsSpan(_start + (at >> 3))) >> (at & 7)) & mask;
        if (Left <= 0)
            return 0;
        ulong rest = BinaryPrimitives.ReadUInt64LittleEndian(_data.AsSpan(_start)) & ((1UL << Left) - 1);
        return (rest << -at) & mask;
    }

    /// <summary>Passes bits.</summary>
    public void Skip(int count) => Left -= count;

    /// <summary>Reads bits.</summary>
    /// <param name="count">Up to 56.</param>
    public ulong Read(int count)
    {
        ulong value = Peek(count);
        Left -= count;
        return value;
    }
}
