using System;

namespace BackupLinks.Formats.Compression;

/// <summary>The codes of a deflate block (RFC 1951 section 3.2.2), in a table of two levels.</summary>
internal sealed class HuffmanTable
{
    /// <summary>The most bits of a code.</summary>
    public const int LongestCode = 15;

    /// <summary>The kind of an entry whose value is a literal; a range has up to 16 extra bits.</summary>
    public const uint Literal = 0x18;

    /// <summary>The kind of the entry that ends a block.</summary>
    public const uint EndOfBlock = 0x20;

    /// <summary>The kind of an entry that no valid code leads to.</summary>
    public const uint Invalid = 0x40;

    /// <summary>The kind of an entry that leads to a second level; the low bits say how many bits it takes.</summary>
    public const uint Subtable = 0x80;

    private readonly int _primaryBits;
    private readonly int[] _counts = new int[LongestCode + 1];
    private readonly int[] _next = new int[LongestCode + 1];

    /// <summary>Creates an empty table.</summary>
    /// <param name="primaryBits">The bits of the first level.</param>
    /// <param name="symbols">The most symbols.</param>
    public HuffmanTable(int primaryBits, int symbols)
    {
        _primaryBits = primaryBits;
        // Each code that is longer than the first level needs no more than a whole second level.
        Entries = new uint[(1 << primaryBits) + (symbols << (LongestCode - primaryBits > 4
            ? 4 : LongestCode - primaryBits))];
    }

    /// <summary>Bits 0-7: bits to consume. Bits 8-15: kind, or number of extra bits. Bits 16-31: value.</summary>
    public uint[] Entries { get; private set; }

    /// <summary>Builds the table.</summary>
    /// <param name="lengths">The length of each symbol's code; 0 for a symbol that does not occur.</param>
    /// <param name="meanings">Kind and value of each symbol, as in the high 24 bits of an entry; 0 bits to
    /// consume.</param>
    /// <param name="mayBeIncomplete">True where a single code of one bit is allowed.</param>
    /// <returns>False for lengths that make no code.</returns>
    public bool TryBuild(ReadOnlySpan<byte> lengths, uint[] meanings, bool mayBeIncomplete)
    {
        Array.Clear(_counts, 0, _counts.Length);
        foreach (byte length in lengths)
            _counts[length]++;
        int longest = LongestCode;
        while (longest > 0 && _counts[longest] == 0)
            longest--;
        int left = 1;
        int code = 0;
        _counts[0] = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0)
                return false;
            code = (code + _counts[length - 1]) << 1;
            _next[length] = code;
        }

        if (left > 0 && (!mayBeIncomplete || longest > 1))
            return false;
        Fill(lengths, meanings, longest);
        return true;
    }

    private void Fill(ReadOnlySpan<byte> lengths, uint[] meanings, int longest)
    {
        int primarySize = 1 << _primaryBits;
        uint[] entries = Entries;
        for (int i = 0; i < primarySize; i++)
            entries[i] = (Invalid << 8) | 1;
        int used = primarySize;
        int subBits = Math.Max(0, longest - _primaryBits);
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            int reversed = Reverse(_next[length]++, length);
            if (length <= _primaryBits)
            {
                for (int i = reversed; i < primarySize; i += 1 << length)
                    entries[i] = meanings[symbol] | (uint)length;
                continue;
            }

            int prefix = reversed & (primarySize - 1);
            if ((entries[prefix] & (Subtable << 8)) == 0)
            {
                int size = 1 << subBits;
                if (used + size > entries.Length)
                {
                    Array.Resize(ref entries, Math.Max(used + size, 2 * entries.Length));
                    Entries = entries;
                }

                for (int i = 0; i < size; i++)
                    entries[used + i] = (Invalid << 8) | 1;
                entries[prefix] = ((uint)used << 16) | ((Subtable | (uint)subBits) << 8) | (uint)_primaryBits;
                used += size;
            }

            int start = (int)(entries[prefix] >> 16);
            for (int i = reversed >> _primaryBits; i < 1 << subBits; i += 1 << (length - _primaryBits))
                entries[start + i] = meanings[symbol] | (uint)(length - _primaryBits);
        }
    }

    private static int Reverse(int code, int length)
    {
        int reversed = 0;
        for (; length > 0; length--, code >>= 1)
            reversed = (reversed << 1) | (code & 1);
        return reversed;
    }
}
