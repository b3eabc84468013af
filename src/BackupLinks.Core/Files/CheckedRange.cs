using System;
using BackupLinks.Checksums;

namespace BackupLinks.Files;

/// <summary>Bytes of a file that are there, and what they are.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Checksum">The CRC-64/XZ of the bytes.</param>
internal readonly record struct CheckedRange(long Start, long End, ulong Checksum)
{
    /// <summary>How many bytes.</summary>
    public long Length => End - Start;

    /// <summary>The checksum of more bytes.</summary>
    /// <param name="checksum">The checksum of those before; 0 for none.</param>
    /// <param name="data">The bytes that follow.</param>
    public static ulong Append(ulong checksum, ReadOnlySpan<byte> data) => ~Crc64.Ecma.Update(~checksum, data);

    /// <summary>The checksum of two runs of bytes, one behind the other.</summary>
    /// <param name="first">The checksum of the first.</param>
    /// <param name="second">The checksum of the second.</param>
    /// <param name="secondLength">The length of the second in bytes.</param>
    public static ulong Combine(ulong first, ulong second, long secondLength) =>
        Crc64.Ecma.Shift(first, secondLength) ^ second;

    /// <summary>This range and the next one, which begins where it ends.</summary>
    public CheckedRange With(CheckedRange next) => new(Start, next.End, Combine(Checksum, next.Checksum, next.Length));
}
