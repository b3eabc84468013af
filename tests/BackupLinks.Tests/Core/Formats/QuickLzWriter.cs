using System;
using System.Collections.Generic;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Compresses like QuickLZ 1.5 at level 3, in one of its ways to write a match.</summary>
internal static class QuickLzWriter
{
    public static byte[] Compress(byte[] content)
    {
        var output = new List<byte>();
        var seen = new Dictionary<int, int>();
        int controlAt = -1;
        int used = 31;
        uint control = 0;
        for (int at = 0; at < content.Length;)
        {
            if (used == 31)
            {
                Finish();
                controlAt = output.Count;
                output.AddRange([0, 0, 0, 0]);
                (control, used) = (0, 0);
            }

            int match = at < content.Length - 14 ? Find(content, seen, at, out int from)
                : Find(content, seen, content.Length, out from);
            if (match >= 4)
            {
                control |= 1u << used;
                int word = 3 | ((match - 2) << 2) | ((at - from) << 7);
                output.AddRange([(byte)word, (byte)(word >> 8), (byte)(word >> 16)]);
                at += match;
            }
            else
            {
                output.Add(content[at++]);
            }

            used++;
        }

        Finish();
        return [0x4F, .. new ByteWriter().U32((uint)output.Count + 9).U32((uint)content.Length).ToArray(), .. output];

        void Finish()
        {
            if (controlAt < 0)
                return;
            control |= 1u << used;
            for (int i = 0; i < 4; i++)
                output[controlAt + i] = (byte)(control >> (8 * i));
        }
    }

    private static int Find(byte[] content, Dictionary<int, int> seen, int at, out int from)
    {
        from = 0;
        if (at + 4 > content.Length)
            return 0;
        int key = BitConverter.ToInt32(content, at);
        bool isSeen = seen.TryGetValue(key, out from);
        seen[key] = at;
        if (!isSeen || from + 3 > at)
            return 0;
        int length = 0;
        while (length < 33 && at + length < content.Length - 11 && content[from + length] == content[at + length])
            length++;
        return length;
    }
}
