using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackupLinks.Formats.Compression;

/// <summary>The LZ4 block format (lz4_Block_format.md).</summary>
internal static class Lz4Block
{
    /// <summary>How far a match can reach back.</summary>
    public const int History = 64 * 1024;

    /// <summary>Bytes that a short copy may write too many; both arrays have so many behind what counts.</summary>
    public const int Slack = 32;

    /// <summary>Decodes one block.</summary>
    /// <param name="block">The array with the block, and <see cref="Slack"/> bytes behind it.</param>
    /// <param name="length">The length of the block.</param>
    /// <param name="output">Takes the content; what is in front of <paramref name="start"/> is history.</param>
    /// <param name="start">Where the content begins.</param>
    /// <param name="maximum">The most bytes of content; <see cref="Slack"/> more are there.</param>
    /// <returns>The length of the content; -1 for a block that is not valid.</returns>
    public static int Decode(byte[] block, int length, byte[] output, int start, int maximum)
    {
        if (block.Length < length + Slack || output.Length < start + maximum + Slack)
            throw new ArgumentException("There is no room behind the block or its content.", nameof(output));
        ref byte from = ref MemoryMarshal.GetReference(block.AsSpan());
        ref byte into = ref MemoryMarshal.GetReference(output.AsSpan());
        int limit = start + maximum;
        int to = start;
        int at = 0;
        while (at < length)
        {
            int token = Unsafe.Add(ref from, at++);
            int literals = token >> 4;
            if (literals == 15 && !TryReadLength(block, length, ref at, ref literals))
                return -1;
            if (literals > length - at || literals > limit - to)
                return -1;
            if (literals <= 16)
                CopySixteen(ref Unsafe.Add(ref from, at), ref Unsafe.Add(ref into, to));
            else
                Buffer.BlockCopy(block, at, output, to, literals);
            at += literals;
            to += literals;
            if (at == length)
                return to - start;
            if (length - at < 2)
                return -1;
            int distance = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref from, at));
            at += 2;
            int match = token & 15;
            if (match == 15 && !TryReadLength(block, length, ref at, ref match))
                return -1;
            match += 4;
            if (distance == 0 || distance > to || match > limit - to)
                return -1;
            ref byte target = ref Unsafe.Add(ref into, to);
            ref byte source = ref Unsafe.Add(ref into, to - distance);
            if (distance >= 16 && match <= 32)
            {
                CopySixteen(ref source, ref target);
                if (match > 16)
                    CopySixteen(ref Unsafe.Add(ref source, 16), ref Unsafe.Add(ref target, 16));
            }
            else if (distance >= 8 && match <= 24)
            {
                CopyEight(ref source, ref target);
                CopyEight(ref Unsafe.Add(ref source, 8), ref Unsafe.Add(ref target, 8));
                CopyEight(ref Unsafe.Add(ref source, 16), ref Unsafe.Add(ref target, 16));
            }
            else
            {
                Copy(output, to, distance, match);
            }

            to += match;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySixteen(ref byte from, ref byte to)
    {
        ulong first = Unsafe.ReadUnaligned<ulong>(ref from);
        ulong second = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, 8));
        Unsafe.WriteUnaligned(ref to, first);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 8), second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEight(ref byte from, ref byte to) =>
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<ulong>(ref from));

    private static bool TryReadLength(byte[] block, int end, ref int at, ref int length)
    {
        while (at < end)
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
            Buffer.BlockCopy(output, from, output, to, count);
            return;
        }

        if (distance == 1)
        {
            output.AsSpan(to, count).Fill(output[from]);
            return;
        }

        // An overlapping match repeats: each copy doubles its source.
        while (count > 0)
        {
            int step = Math.Min(count, to - from);
            output.AsSpan(from, step).CopyTo(output.AsSpan(to));
            to += step;
            count -= step;
        }
    }
}
