using System;

namespace BackupLinks.Sandbox.Verification;

/// <summary>The CRC-64 of xz, of OSS and of COS: reflected, and inverted at both ends.</summary>
internal static class Crc64
{
    private const ulong Polynomial = 0xC96C5795D7870F42;
    private const int BlockLength = 64 * 1024;

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
            {
                crc ^= b;
                for (int bit = 0; bit < 8; bit++)
                    crc = (crc >> 1) ^ (Polynomial & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
