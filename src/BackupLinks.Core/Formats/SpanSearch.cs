using System;

namespace BackupLinks.Formats;

/// <summary>Searches in bytes.</summary>
internal static class SpanSearch
{
    private static readonly byte[] Zeros = new byte[4096];

    /// <summary>The first byte that is not 0; -1 when all are.</summary>
    public static int IndexOfNonZero(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int count = Math.Min(Zeros.Length, bytes.Length - at);
            if (!bytes.Slice(at, count).SequenceEqual(Zeros.AsSpan(0, count)))
            {
                while (bytes[at] == 0)
                    at++;
                return at;
            }

            at += count;
        }

        return -1;
    }
}
