using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats;

/// <summary>
/// The encoding of strings and lengths in an RDB (<c>rdbLoadLenByRef</c> in <c>rdb.c</c>), read from bytes in memory.
/// </summary>
internal static class RdbString
{
    /// <summary>The bytes that a length has at most.</summary>
    private const int LongestLength = 9;

    /// <summary>Finds the end of a string.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">Where the string begins.</param>
    /// <returns>Where the next value begins; -1 when the bytes end before, or the string is of a rare kind.</returns>
    public static int FindEnd(ReadOnlySpan<byte> bytes, int at)
    {
        if (at > bytes.Length - 2 - (2 * LongestLength))
            return -1;
        int first = bytes[at];
        long end = (first >> 6) switch
        {
            0 => at + 1 + first,
            1 => at + 2 + (((first & 0x3F) << 8) | bytes[at + 1]),
            2 when first == 0x80 => at + 5 + (long)BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(at + 1)),
            3 when first < 0xC3 => at + 1 + (1 << (first & 3)),
            3 when first == 0xC3 => FindEndOfCompressed(bytes, at + 1),
            _ => -1,
        };
        return end <= bytes.Length ? (int)end : -1;
    }

    private static long FindEndOfCompressed(ReadOnlySpan<byte> bytes, int at)
    {
        if (!TryReadLength(bytes, ref at, out uint compressed) || !TryReadLength(bytes, ref at, out _))
            return -1;
        return at + (long)compressed;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, ref int at, out uint length)
    {
        int first = bytes[at];
        switch (first >> 6)
        {
            case 0:
                length = (uint)first;
                at++;
                return true;
            case 1:
                length = (uint)(((first & 0x3F) << 8) | bytes[at + 1]);
                at += 2;
                return true;
            default:
                length = BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(at + 1));
                at += 5;
                return first == 0x80;
        }
    }
}
