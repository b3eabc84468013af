using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BackupLinks.Formats;

/// <summary>
/// A data page of SQL Server with PAGE_VERIFY CHECKSUM: each of its 16 sectors counts with the exclusive or of its
/// words,
/// rotated by its place, without the word that has the checksum.
/// </summary>
internal static class SqlServerPage
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 8192;

    private const int SectorSize = 512;
    private const int FlagsAt = 4;
    private const int ChecksumAt = 60;
    private const ushort ChecksumFlag = 0x200;

    /// <summary>True for a page that says that it has a checksum.</summary>
    public static bool HasChecksum(ReadOnlySpan<byte> page) =>
        page[0] == 1 && (BinaryPrimitives.ReadUInt16LittleEndian(page.Slice(FlagsAt)) & ChecksumFlag) != 0;

    /// <summary>True for a page whose checksum is right.</summary>
    public static bool IsRight(ReadOnlySpan<byte> page)
    {
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(page.Slice(ChecksumAt));
        uint sum = 0;
        for (int sector = 0; sector < Size / SectorSize; sector++)
        {
            uint word = Fold(page.Slice(SectorSize * sector, SectorSize));
            if (sector == 0)
                word ^= stated;
            int turn = 15 - sector;
            sum ^= (word << turn) | (turn == 0 ? 0 : word >> (32 - turn));
        }

        return sum == stated;
    }

    /// <summary>
    /// True for a page that does not say that it has a checksum, and has the right one as soon as it says so: then one
    /// of the bits that say it was changed.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="copy">Room for a page.</param>
    public static bool HasLostChecksum(ReadOnlySpan<byte> page, byte[] copy)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(page.Slice(ChecksumAt)) == 0)
            return false;
        page.CopyTo(copy);
        copy[0] = 1;
        copy[FlagsAt + 1] |= ChecksumFlag >> 8;
        return IsRight(copy);
    }

    /// <summary>The page's place in the database: <c>1:9</c>.</summary>
    public static string Describe(ReadOnlySpan<byte> page) =>
        $"{BinaryPrimitives.ReadUInt16LittleEndian(page.Slice(36))}:"
            + $"{BinaryPrimitives.ReadUInt32LittleEndian(page.Slice(32))}";

    private static uint Fold(ReadOnlySpan<byte> sector)
    {
        ulong a = 0, b = 0, c = 0, d = 0;
        var words = MemoryMarshal.Cast<byte, ulong>(sector);
        for (int i = 0; i + 3 < words.Length; i += 4)
        {
            a ^= words[i];
            b ^= words[i + 1];
            c ^= words[i + 2];
            d ^= words[i + 3];
        }

        a ^= b ^ c ^ d;
        return (uint)a ^ (uint)(a >> 32);
    }
}
