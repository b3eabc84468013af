using System;

namespace BackupLinks.Formats.Compression;

/// <summary>
/// The meaning of the symbols of deflate (RFC 1951 section 3.2.5), in the form that <see cref="HuffmanTable"/> takes:
/// a value or the start of a range in the upper half, and in the lower one the kind or the number of extra bits.
/// </summary>
internal static class DeflateCodes
{
    /// <summary>The order in which the lengths of the codes for code lengths come.</summary>
    public static readonly byte[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Literals, the end of a block, and lengths of matches.</summary>
    public static readonly uint[] LiteralMeanings = MakeLiteralMeanings();

    /// <summary>Distances of matches.</summary>
    public static readonly uint[] DistanceMeanings = MakeDistanceMeanings(count: 30);

    /// <summary>The literals of Deflate64, whose last length is any from 3 on.</summary>
    public static readonly uint[] LiteralMeanings64 = MakeLiteralMeanings64();

    /// <summary>The distances of Deflate64, which has two more symbols.</summary>
    public static readonly uint[] DistanceMeanings64 = MakeDistanceMeanings(count: 32);

    /// <summary>Lengths of codes.</summary>
    public static readonly uint[] CodeLengthMeanings = MakeCodeLengthMeanings();

    /// <summary>The lengths of the fixed code for literals (section 3.2.6).</summary>
    public static readonly byte[] FixedLiteralLengths = MakeFixedLiteralLengths();

    /// <summary>The lengths of the fixed code for distances.</summary>
    public static readonly byte[] FixedDistanceLengths = MakeFixedDistanceLengths();

    private static uint[] MakeLiteralMeanings()
    {
        var meanings = new uint[288];
        for (uint i = 0; i < 256; i++)
            meanings[i] = (i << 16) | (HuffmanTable.Literal << 8);
        meanings[256] = HuffmanTable.EndOfBlock << 8;
        uint start = 3;
        for (uint i = 257; i < 285; i++)
        {
            uint extra = i < 265 ? 0 : (i - 261) / 4;
            meanings[i] = (start << 16) | (extra << 8);
            start += 1u << (int)extra;
        }

        meanings[285] = 258u << 16;
        meanings[286] = meanings[287] = HuffmanTable.Invalid << 8;
        return meanings;
    }

    private static uint[] MakeLiteralMeanings64()
    {
        var meanings = MakeLiteralMeanings();
        meanings[285] = (3u << 16) | (16u << 8);
        return meanings;
    }

    private static uint[] MakeDistanceMeanings(uint count)
    {
        var meanings = new uint[32];
        uint start = 1;
        for (uint i = 0; i < count; i++)
        {
            uint extra = i < 4 ? 0 : (i - 2) / 2;
            meanings[i] = (start << 16) | (extra << 8);
            start += 1u << (int)extra;
        }

        meanings.AsSpan((int)count).Fill(HuffmanTable.Invalid << 8);
        return meanings;
    }

    private static uint[] MakeCodeLengthMeanings()
    {
        var meanings = new uint[19];
        for (uint i = 0; i < 19; i++)
            meanings[i] = (i << 16) | (HuffmanTable.Literal << 8);
        return meanings;
    }

    private static byte[] MakeFixedLiteralLengths()
    {
        byte[] lengths = new byte[288];
        for (int i = 0; i < 288; i++)
            lengths[i] = i < 144 ? (byte)8 : i < 256 ? (byte)9 : i < 280 ? (byte)7 : (byte)8;
        return lengths;
    }

    private static byte[] MakeFixedDistanceLengths()
    {
        byte[] lengths = new byte[32];
        lengths.AsSpan().Fill(5);
        return lengths;
    }
}
