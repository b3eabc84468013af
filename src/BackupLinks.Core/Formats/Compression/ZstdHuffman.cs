using System;

namespace BackupLinks.Formats.Compression;

/// <summary>The Huffman code of literals (RFC 8878 section 4.2).</summary>
internal sealed class ZstdHuffman
{
    private const int LongestCode = 11;

    private readonly byte[] _symbols = new byte[1 << LongestCode];
    private readonly byte[] _lengths = new byte[1 << LongestCode];
    private readonly byte[] _weights = new byte[256];
    private readonly FseTable _weightTable = new(6);
    private readonly int[] _starts = new int[LongestCode + 2];
    private int _bits;

    /// <summary>True once a code has been read.</summary>
    public bool IsReady { get; set; }

    /// <summary>Reads the code.</summary>
    /// <param name="data">The block.</param>
    /// <param name="start">Where the code begins.</param>
    /// <param name="end">Where the literals end.</param>
    /// <param name="used">How many bytes the code takes.</param>
    public bool TryRead(byte[] data, int start, int end, out int used)
    {
        used = 0;
        if (start >= end)
            return false;
        int head = data[start];
        int count;
        if (head >= 128)
        {
            count = head - 127;
            used = 1 + ((count + 1) / 2);
            if (start + used > end)
                return false;
            for (int i = 0; i < count; i++)
                _weights[i] = (byte)((data[start + 1 + (i / 2)] >> ((i & 1) == 0 ? 4 : 0)) & 15);
        }
        else
        {
            used = 1 + head;
            if (start + used > end || !TryReadWeights(data, start + 1, head, out count))
                return false;
        }

        return TryBuild(count);
    }

    /// <summary>Decodes one stream.</summary>
    /// <param name="data">The block.</param>
    /// <param name="start">Where the stream begins.</param>
    /// <param name="length">Its length.</param>
    /// <param name="output">Takes the literals.</param>
    /// <param name="at">Where they begin there.</param>
    /// <param name="count">How many there are.</param>
    public bool TryDecode(byte[] data, int start, int length, byte[] output, int at, int count)
    {
        var bits = new BackwardBits(data, start, length);
        if (!bits.IsValid)
            return false;
        byte[] symbols = _symbols;
        byte[] lengths = _lengths;
        int width = _bits;
        int end = at + count;
        // Four codes fit into what one look gives.
        while (end - at >= 4)
        {
            ulong word = bits.Peek(4 * LongestCode);
            int used = 0;
            for (int i = 0; i < 4; i++)
            {
                int index = (int)(word >> ((4 * LongestCode) - used - width)) & ((1 << width) - 1);
                output[at++] = symbols[index];
                used += lengths[index];
            }

            bits.Skip(used);
            if (bits.Left < 0)
                return false;
        }

        while (at < end)
        {
            int index = (int)bits.Peek(width);
            output[at++] = symbols[index];
            bits.Skip(lengths[index]);
        }

        return bits.Left == 0;
    }

    private bool TryReadWeights(byte[] data, int start, int length, out int count)
    {
        count = 0;
        if (!_weightTable.TryRead(data.AsSpan(start, length), 255, out int used))
            return false;
        var bits = new BackwardBits(data, start + used, length - used);
        if (!bits.IsValid)
            return false;
        // Two states take turns; the bits end in the middle of a step.
        int even = (int)bits.Read(_weightTable.Log);
        int odd = (int)bits.Read(_weightTable.Log);
        while (count < 254)
        {
            if (!TryStep(ref bits, ref even, odd, ref count, out bool isEnd) || isEnd)
                return !isEnd ? false : count <= 255;
            if (!TryStep(ref bits, ref odd, even, ref count, out isEnd) || isEnd)
                return !isEnd ? false : count <= 255;
        }

        return false;
    }

    private bool TryStep(ref BackwardBits bits, ref int state, int other, ref int count, out bool isEnd)
    {
        isEnd = false;
        if (bits.Left < 0)
            return false;
        _weights[count++] = _weightTable.Symbols[state];
        int wanted = _weightTable.Bits[state];
        if (wanted > bits.Left)
        {
            _weights[count++] = _weightTable.Symbols[other];
            isEnd = true;
            return true;
        }

        state = _weightTable.Bases[state] + (int)bits.Read(wanted);
        return true;
    }

    private bool TryBuild(int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            if (_weights[i] > LongestCode)
                return false;
            sum += _weights[i] > 0 ? 1 << (_weights[i] - 1) : 0;
        }

        if (sum == 0 || count > 255)
            return false;
        int bits = FseTable.HighBit(sum) + 1;
        int left = (1 << bits) - sum;
        // The last weight is the one that makes the sum a power of two.
        if (bits > LongestCode || (left & (left - 1)) != 0)
            return false;
        _weights[count++] = (byte)(FseTable.HighBit(left) + 1);
        Array.Clear(_starts, 0, _starts.Length);
        int at = 0;
        for (int weight = 1; weight <= bits; weight++)
        {
            _starts[weight] = at;
            for (int i = 0; i < count; i++)
                at += _weights[i] == weight ? 1 << (weight - 1) : 0;
        }

        if (at != 1 << bits)
            return false;
        for (int i = 0; i < count; i++)
        {
            int weight = _weights[i];
            if (weight == 0)
                continue;
            int size = 1 << (weight - 1);
            _symbols.AsSpan(_starts[weight], size).Fill((byte)i);
            _lengths.AsSpan(_starts[weight], size).Fill((byte)(bits + 1 - weight));
            _starts[weight] += size;
        }

        _bits = bits;
        IsReady = true;
        return true;
    }
}
