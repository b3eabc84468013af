using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats.Compression;

/// <summary>Copies a match of deflate.</summary>
internal static class DeflateMatch
{
    /// <summary>Copies bytes that are in the output already.</summary>
    /// <param name="output">The output, with eight bytes of room behind the longest match.</param>
    /// <param name="at">Where the copy begins.</param>
    /// <param name="distance">How far back the original begins.</param>
    /// <param name="count">Their number.</param>
    public static void Copy(byte[] output, int at, int distance, int count)
    {
        int from = at - distance;
        if (distance >= count)
        {
            if (count > 32)
            {
                Buffer.BlockCopy(output, from, output, at, count);
                return;
            }
        }
        else if (distance == 1)
        {
            output.AsSpan(at, count).Fill(output[from]);
            return;
        }

        if (distance >= 8)
        {
            // There are eight bytes of room behind the longest match.
            for (int i = 0; i < count; i += 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(output.AsSpan(at + i, 8),
                    BinaryPrimitives.ReadUInt64LittleEndian(output.AsSpan(from + i, 8)));
            }

            return;
        }

        for (int i = 0; i < count; i++)
            output[at + i] = output[from + i];
    }
}
