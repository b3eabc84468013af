using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats.Compression;

/// <summary>Packets of QuickLZ 1.5 at all three levels, as qpress has them.</summary>
internal sealed class QuickLz
{
    private const int EndOfMatches = 6 + 4;

    private static readonly byte[] LiteralRuns = [4, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0];

    private readonly int[] _hash = new int[4 * 2048];
    private readonly byte[] _counters = new byte[2048];

    /// <summary>The size of a packet's header.</summary>
    /// <param name="flags">The first byte.</param>
    public static int HeaderSize(byte flags) => (flags & 2) != 0 ? 9 : 3;

    /// <summary>Reads the sizes of a packet.</summary>
    /// <param name="header">The header.</param>
    /// <returns>The size with the header, and the size of the content.</returns>
    public static (uint Packet, uint Content) ReadSizes(ReadOnlySpan<byte> header) => (header[0] & 2) != 0
        ? (BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(1)),
        BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(5)))
        : (header[1], header[2]);

    /// <summary>Decompresses one packet.</summary>
    /// <param name="packet">The whole packet; the buffer has four bytes behind it.</param>
    /// <param name="length">The packet's length.</param>
    /// <param name="output">Takes the content.</param>
    /// <param name="size">The size of the content.</param>
    /// <returns>False for a packet that is not valid.</returns>
    public bool TryDecode(byte[] packet, int length, byte[] output, int size)
    {
        int at = HeaderSize(packet[0]);
        if ((packet[0] & 1) == 0)
        {
            if (length - at != size)
                return false;
            Buffer.BlockCopy(packet, at, output, 0, size);
            return true;
        }

        int level = (packet[0] >> 2) & 3;
        if (level == 0 || size == 0)
            return false;
        if (level < 3)
        {
            Array.Clear(_hash, 0, _hash.Length);
            Array.Clear(_counters, 0, _counters.Length);
        }

        return TryDecode(packet, at, length, output, size, level);
    }

    private bool TryDecode(byte[] packet, int at, int length, byte[] output, int size, int level)
    {
        uint control = 1;
        int to = 0;
        int hashed = -1;
        int lastMatch = size - 1 - EndOfMatches;
        while (true)
        {
            if (control == 1)
            {
                if (at + 4 > length)
                    return false;
                control = BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(at));
                at += 4;
            }

            if ((control & 1) != 0)
            {
                if (at + 4 > length + 3 || at >= length)
                    return false;
                control >>= 1;
                uint fetch = BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(at));
                var (from, count, used) = level switch
                {
                    1 => ReadMatch1(fetch),
                    2 => ReadMatch2(fetch),
                    _ => ReadMatch3(fetch, to),
                };
                at += used;
                if (from < 0 || from >= to || count < 3 || count > size - to || at > length)
                    return false;
                for (int i = 0; i < count; i++)
                    output[to + i] = output[from + i];
                to += count;
                if (level < 3)
                {
                    Remember(output, ref hashed, to - count, level);
                    hashed = to - 1;
                }
            }
            else if (to < lastMatch)
            {
                int run = LiteralRuns[control & 15];
                if (at + run > length || run == 0)
                    return false;
                for (int i = 0; i < run; i++)
                    output[to + i] = packet[at + i];
                control >>= run;
                to += run;
                at += run;
                if (level < 3)
                    Remember(output, ref hashed, to - 3, level);
            }
            else
            {
                return CopyRest(packet, at, length, output, to, size, control);
            }
        }
    }

    private static bool CopyRest(byte[] packet, int at, int length, byte[] output, int to, int size, uint control)
    {
        while (to < size)
        {
            if (control == 1)
            {
                at += 4;
                control = 1U << 31;
            }

            if (at >= length)
                return false;
            output[to++] = packet[at++];
            control >>= 1;
        }

        return true;
    }

    private (int From, int Count, int Used) ReadMatch1(uint fetch) =>
        (_hash[(fetch >> 4) & 0xFFF], (fetch & 15) != 0
            ? (int)(fetch & 15) + 2 : (int)((fetch >> 16) & 0xFF), (fetch & 15) != 0 ? 2 : 3);

    private (int From, int Count, int Used) ReadMatch2(uint fetch) =>
        (_hash[(((fetch >> 5) & 0x7FF) * 4) + (fetch & 3)], (fetch & 28) != 0
            ? (int)((fetch >> 2) & 7) + 2 : (int)((fetch >> 16) & 0xFF), (fetch & 28) != 0 ? 2 : 3);

    private static (int From, int Count, int Used) ReadMatch3(uint fetch, int to)
    {
        if ((fetch & 3) == 0)
            return (to - (int)((fetch & 0xFF) >> 2), 3, 1);
        if ((fetch & 2) == 0)
            return (to - (int)((fetch & 0xFFFF) >> 2), 3, 2);
        if ((fetch & 1) == 0)
            return (to - (int)((fetch & 0xFFFF) >> 6), (int)((fetch >> 2) & 15) + 3, 2);
        if ((fetch & 127) != 3)
            return (to - (int)((fetch >> 7) & 0x1FFFF), (int)((fetch >> 2) & 0x1F) + 2, 3);
        return (to - (int)(fetch >> 15), (int)((fetch >> 7) & 0xFF) + 3, 4);
    }

    // The compressor's table is built anew out of what has been decompressed.
    private void Remember(byte[] output, ref int hashed, int upTo, int level)
    {
        while (hashed < upTo)
        {
            hashed++;
            uint value = output[hashed] | ((uint)output[hashed + 1] << 8) | ((uint)output[hashed + 2] << 16);
            uint hash = (value >> 12) ^ value;
            if (level == 1)
            {
                _hash[hash & 0xFFF] = hashed;
            }
            else
            {
                hash &= 0x7FF;
                _hash[(hash * 4) + (_counters[hash]++ & 3u)] = hashed;
            }
        }
    }
}
