using System;

namespace BackupLinks.Formats.Compression;

/// <summary>The compressed blocks of one Zstandard frame (RFC 8878 section 3.1.1.3), with what one hands on to the
/// next.</summary>
internal sealed class ZstdBlock(OutputWindow window)
{
    /// <summary>The most bytes of a block, compressed or not.</summary>
    public const int Longest = 128 * 1024;

    private static readonly short[] DefaultLiteralCounts =
        [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1,
            -1];

    private static readonly short[] DefaultMatchCounts =
    [
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1,
        -1, -1, -1, -1, -1, -1, -1,
    ];

    private static readonly short[] DefaultOffsetCounts =
        [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1];

    private static readonly int[] LiteralBases =
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
            1024, 2048, 4096, 8192, 16384, 32768, 65536];

    private static readonly byte[] LiteralBits =
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14,
            15, 16];

    private static readonly int[] MatchBases =
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
            32, 33, 34,
        35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539,
    ];

    private static readonly byte[] MatchBits =
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ];

    private readonly ZstdHuffman _huffman = new();
    private readonly FseTable _literalLengths = new(9);
    private readonly FseTable _offsets = new(8);
    private readonly FseTable _matchLengths = new(9);
    private readonly byte[] _literals = new byte[Longest + 16];
    private int _literalCount;
    private long _offset1;
    private long _offset2;
    private long _offset3;

    /// <summary>Begins a frame.</summary>
    public void Begin()
    {
        (_offset1, _offset2, _offset3) = (1, 4, 8);
        _huffman.IsReady = _literalLengths.IsReady = _offsets.IsReady = _matchLengths.IsReady = false;
    }

    /// <summary>Decompresses one block.</summary>
    /// <param name="data">The block, with eight bytes of room behind it.</param>
    /// <param name="length">Its length.</param>
    /// <returns>False for a block that is not valid.</returns>
    public bool TryDecode(byte[] data, int length)
    {
        if (!TryReadLiterals(data, length, out int at) || at >= length)
            return false;
        int sequences = data[at++];
        if (sequences == 0)
        {
            window.Put(_literals.AsSpan(0, _literalCount));
            return at == length;
        }

        if (sequences >= 128)
        {
            if (at + (sequences == 255 ? 2 : 1) > length)
                return false;
            sequences = sequences == 255 ? data[at] + (data[at + 1] << 8) + 0x7F00 : ((
                sequences - 128) << 8) + data[at];
            at += data[at - 1] == 255 ? 2 : 1;
        }

        if (at >= length)
            return false;
        int modes = data[at++];
        return (modes & 3) == 0
            && TryReadTable(_literalLengths, modes >> 6, DefaultLiteralCounts, 6, data, ref at, length)
            && TryReadTable(_offsets, (modes >> 4) & 3, DefaultOffsetCounts, 5, data, ref at, length)
            && TryReadTable(_matchLengths, (modes >> 2) & 3, DefaultMatchCounts, 6, data, ref at, length)
            && TryExecute(data, at, length - at, sequences);
    }

    private bool TryReadLiterals(byte[] data, int length, out int at)
    {
        at = 0;
        if (length < 1)
            return false;
        int type = data[0] & 3;
        int format = (data[0] >> 2) & 3;
        int headSize = type < 2 ? format switch { 1 => 2, 3 => 3, _ => 1 } : format switch { 2 => 4, 3 => 5, _ => 3 };
        if (headSize > length)
            return false;
        ulong head = 0;
        for (int i = 0; i < headSize; i++)
            head |= (ulong)data[i] << (8 * i);
        at = headSize;
        if (type < 2)
            return TryReadPlainLiterals(data, length, type, (int)(head >> (headSize == 1 ? 3 : 4)), ref at);
        int bits = format switch { 2 => 14, 3 => 18, _ => 10 };
        int size = (int)((head >> 4) & ((1UL << bits) - 1));
        int packed = (int)((head >> (4 + bits)) & ((1UL << bits) - 1));
        if (size > Longest || packed > length - at)
            return false;
        int end = at + packed;
        if (type == 2)
        {
            if (!_huffman.TryRead(data, at, end, out int used))
                return false;
            at += used;
        }

        if (!_huffman.IsReady || !TryDecodeLiterals(data, at, end, format == 0, size))
            return false;
        _literalCount = size;
        at = end;
        return true;
    }

    private bool TryReadPlainLiterals(byte[] data, int length, int type, int size, ref int at)
    {
        int stored = type == 0 ? size : 1;
        if (size > Longest || stored > length - at)
            return false;
        if (type == 0)
            Buffer.BlockCopy(data, at, _literals, 0, size);
        else
            _literals.AsSpan(0, size).Fill(data[at]);
        at += stored;
        _literalCount = size;
        return true;
    }

    private bool TryDecodeLiterals(byte[] data, int at, int end, bool isSingle, int size)
    {
        if (isSingle)
            return _huffman.TryDecode(data, at, end - at, _literals, 0, size);
        if (end - at < 6 + 4)
            return false;
        int first = data[at] | (data[at + 1] << 8);
        int second = data[at + 2] | (data[at + 3] << 8);
        int third = data[at + 4] | (data[at + 5] << 8);
        at += 6;
        int fourth = end - at - first - second - third;
        int share = (size + 3) / 4;
        return fourth > 0 && size > 3 * share
            && _huffman.TryDecode(data, at, first, _literals, 0, share)
            && _huffman.TryDecode(data, at + first, second, _literals, share, share)
            && _huffman.TryDecode(data, at + first + second, third, _literals, 2 * share, share)
            && _huffman.TryDecode(data, at + first + second + third, fourth, _literals, 3 * share, size - (3 * share));
    }

    private static bool TryReadTable(
        FseTable table, int mode, short[] defaults, int defaultLog, byte[] data, ref int at, int length)
    {
        switch (mode)
        {
            case 0:
                return table.TryBuild(defaults, defaultLog);
            case 1:
                if (at >= length || data[at] > MaximumSymbol(defaults))
                    return false;
                table.BuildSingle(data[at++]);
                return true;
            case 2:
                if (!table.TryRead(data.AsSpan(at, length - at), MaximumSymbol(defaults), out int used))
                    return false;
                at += used;
                return true;
            default:
                return table.IsReady;
        }
    }

    private static int MaximumSymbol(short[] defaults) =>
        ReferenceEquals(defaults, DefaultOffsetCounts) ? 31 : defaults.Length - 1;

    private bool TryExecute(byte[] data, int start, int length, int sequences)
    {
        var bits = new BackwardBits(data, start, length);
        if (!bits.IsValid)
            return false;
        int literalState = (int)bits.Read(_literalLengths.Log);
        int offsetState = (int)bits.Read(_offsets.Log);
        int matchState = (int)bits.Read(_matchLengths.Log);
        int literalAt = 0;
        int room = Longest;
        while (true)
        {
            int offsetCode = _offsets.Symbols[offsetState];
            int matchCode = _matchLengths.Symbols[matchState];
            int literalCode = _literalLengths.Symbols[literalState];
            long offset = (1L << offsetCode) + (long)bits.Read(offsetCode);
            int match = MatchBases[matchCode] + (int)bits.Read(MatchBits[matchCode]);
            int literals = LiteralBases[literalCode] + (int)bits.Read(LiteralBits[literalCode]);
            offset = Resolve(offset, literals == 0);
            room -= literals + match;
            if (bits.Left < 0 || room < 0 || literals > _literalCount - literalAt)
                return false;
            window.Put(_literals.AsSpan(literalAt, literals));
            literalAt += literals;
            if (offset <= 0 || offset > window.Reach)
                return false;
            window.Copy((int)offset, match);
            if (--sequences == 0)
                break;
            literalState = _literalLengths.Bases[literalState] + (int)bits.Read(_literalLengths.Bits[literalState]);
            matchState = _matchLengths.Bases[matchState] + (int)bits.Read(_matchLengths.Bits[matchState]);
            offsetState = _offsets.Bases[offsetState] + (int)bits.Read(_offsets.Bits[offsetState]);
        }

        if (bits.Left != 0 || room < _literalCount - literalAt)
            return false;
        window.Put(_literals.AsSpan(literalAt, _literalCount - literalAt));
        return true;
    }

    // Small values stand for one of the last three offsets.
    private long Resolve(long value, bool hasNoLiterals)
    {
        if (value > 3)
        {
            (_offset1, _offset2, _offset3) = (value - 3, _offset1, _offset2);
            return _offset1;
        }

        switch (value + (hasNoLiterals ? 1 : 0))
        {
            case 1:
                break;
            case 2:
                (_offset1, _offset2) = (_offset2, _offset1);
                break;
            case 3:
                (_offset1, _offset2, _offset3) = (_offset3, _offset1, _offset2);
                break;
            default:
                (_offset1, _offset2, _offset3) = (_offset1 - 1, _offset1, _offset2);
                break;
        }

        return _offset1;
    }
}
