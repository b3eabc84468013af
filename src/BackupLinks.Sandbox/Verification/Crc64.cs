using System;

namespace BackupLinks.Sandbox.Verification;

/// <summary>The CRC-64 of xz, of OSS and of COS: reflected, and inverted at both ends.</summary>
internal static class Crc64
{
    private const ulong Polynomial = 0xC96C5795D7870F42;
    private const int BlockLength = 64 * 1024;

    private static readonly ulong[] Table = MakeTable();

    /// <summary>The CRC of an object.</summary>
    public static ulong Of(SandboxObject item)
    {
        ulong crc = ulong.MaxValue;
        byte[] block = new byte[BlockLength];
        for (long position = 0; position < item.Length; position += block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, item.Length - position));
            item.Read(position, part);
            foreach (byte b in part)
                crc = (crc >> 8) ^ Table[(byte)crc ^ b];
        }

        return ~crc;
    }

    // The remainder of each byte.
    private static ulong[] MakeTable()
    {
        ulong[] table = new ulong[256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (ulong)i;
            for (int bit = 0; bit < 8; bit++)
                table[i] = (table[i] >> 1) ^ (Polynomial & (0 - (table[i] & 1)));
        }

        return table;
    }
}
