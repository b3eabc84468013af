using System;

namespace BackupLinks.Formats.Compression;

/// <summary>A canonical code of bzip2: the shortest come first, and among equals the smallest symbol.</summary>
internal sealed class Bzip2Code
{
    /// <summary>The most bits of a code.</summary>
    public const int LongestCode = 20;

    /// <summary>The most symbols: the bytes, two for runs, and the end.</summary>
    public const int MostSymbols = 258;

    private const int FastBits = 10;

    private readonly int[] _limits = new int[LongestCode + 2];
    private readonly int[] _bases = new int[LongestCode + 2];
    private readonly int[] _symbols = new int[MostSymbols];
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private int _count;
    private int _shortest;

    /// <summary>Builds the code.</summary>
    /// <param name="lengths">The length of each symbol's code.</param>
    /// <param name="count">The number of symbols.</param>
    public void Build(byte[] lengths, int count)
    {
        Span<int> counts = stackalloc int[LongestCode + 1];
        counts.Clear();
        for (int i = 0; i < count; i++)
            counts[lengths[i]]++;
        _count = 0;
        _shortest = LongestCode;
        for (int length = 1; length <= LongestCode; length++)
        {
            for (int i = 0; i < count; i++)
            {
                if (lengths[i] == length)
                    _symbols[_count++] = i;
            }
        }

        int code = 0;
        int before = 0;
        Array.Clear(_fast, 0, _fast.Length);
        for (int length = 1; length <= LongestCode; length++)
        {
            if (counts[length] > 0)
                _shortest = Math.Min(_shortest, length);
            _bases[length] = before - code;
            FillFast(code, counts[length], before, length);
            code += counts[length];
            before += counts[length];
            // The bits below belong to codes of this length or shorter ones.
            _limits[length] = code << (LongestCode - length);
            code <<= 1;
        }
    }

    /// <summary>Finds the symbol that some bits begin with.</summary>
    /// <param name="bits"><see cref="LongestCode"/> bits.</param>
    /// <param name="symbol">The symbol.</param>
    /// <returns>The length of its code; -1 for bits that are no code.</returns>
    public int Find(int bits, out int symbol)
    {
        int fast = _fast[bits >> (LongestCode - FastBits)];
        if (fast != 0)
        {
            symbol = fast & 0x1FF;
            return fast >> 9;
        }

        for (int length = _shortest; length <= LongestCode; length++)
        {
            if (bits >= _limits[length])
                continue;
            int index = (bits >> (LongestCode - length)) + _bases[length];
            if (index < 0 || index >= _count)
                break;
            symbol = _symbols[index];
            return length;
        }

        symbol = 0;
        return -1;
    }

    private void FillFast(int code, int count, int first, int length)
    {
        if (length > FastBits)
            return;
        for (int i = 0; i < count; i++)
        {
            int start = (code + i) << (FastBits - length);
            for (int j = start; j < start + (1 << (FastBits - length)) && j < _fast.Length; j++)
                _fast[j] = (ushort)((length << 9) | _symbols[first + i]);
        }
    }
}
