using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats;

/// <summary>The LZ4 block format (lz4_Block_format.md).</summary>
internal static class Lz4Block
{
    /// <summary>How far a match can reach back.</summary>
    public const int History = 64 * 1024;

    /// <summary>Decodes one block.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="output">Takes the content; what is in front of <paramref name="start"/> is history.</param>
    /// <param name="start">Where the content begins.</param>
    /// <param name="maximum">The most bytes of content.</param>
    /// <returns>The length of the content; -1 for a block that is not valid.</returns>
    public static int Decode(ReadOnlySpan<byte> block, byte[] output, int start, int maximum)
    {
        int limit = start + maximum;
        int to = start;
        int at = 0;
        while (at < block.Length)
        {
            int token = block[at++];
            int literals = token >> 4;
            if (literals == 15 && !TryReadLength(block, ref at, ref literals))
                return -1;
            if (literals > block.Length - at || literals > limit - to)
                return -1;
            block.Slice(at, literals).CopyTo(output.AsSpan(to));
            at += literals;
            to += literals;
            if (at == block.Length)
                return to - start;
            if (block.Length - at < 2)
                return -1;
            int distance = BinaryPrimitives.ReadUInt16LittleEndian(block.Slice(at));
            at += 2;
            int match = token & 15;
            if (match == 15 && !TryReadLength(block, ref at, ref match))
                return -1;
            match += 4;
            if (distance == 0 || distance > to || match > limit - to)
                return -1;
            Copy(output, to, distance, match);
            to += match;
        }

        return -1;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> block, ref int at, ref int length)
    {
        while (at < block.Length)
        {
            int more = block[at++];
            length += more;
            if (more != 255)
                return length >= 0;
        }

        return false;
    }

    private static void Copy(byte[] output, int to, int distance, int count)
    {
        int from = to - distance;
        if (distance >= count)
        {
            output.AsSpan(from, count).CopyTo(output.AsSpan(to));
            return;
        }

        if (distance == 1)
        {
            output.AsSpan(to, count).Fill(output[from]);
            return;
        }

        // What overlaps repeats; each copy doubles what there is to copy from.
        while (count > 0)
        {
            int step = Math.Min(count, to - from);
            output.AsSpan(from, step).CopyTo(output.AsSpan(to));
            to += step;
            count -= step;
        }
    }
}
