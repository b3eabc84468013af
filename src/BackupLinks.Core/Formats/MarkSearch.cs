using System;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Looks for the mark at the end of a dump that is text.</summary>
internal static class MarkSearch
{
    /// <summary>Reads to the end, and requires a mark there that nothing but white space follows.</summary>
    /// <param name="input">The reader.</param>
    /// <param name="layer">Takes bytes behind the mark as a problem.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="takesLine">True when the rest of the mark's line belongs to it.</param>
    /// <exception cref="BackupFormatException">The mark is not there.</exception>
    public static void RequireLast(ByteReader input, BackupLayer layer, ReadOnlySpan<byte> mark, bool takesLine)
    {
        long last = -1;
        // The place of the last character behind the mark that is not white space, and whether its line continues.
        long other = -1;
        bool isInLine = false;
        for (bool isEnd = false; !isEnd;)
        {
            var window = input.Peek(ByteReader.LookAhead);
            isEnd = window.Length < ByteReader.LookAhead;
            int at = window.LastIndexOf(mark);
            int from = 0;
            if (at >= 0)
            {
                last = input.Position + at;
                other = -1;
                isInLine = takesLine;
                from = at + mark.Length;
            }

            // The mark may lie across two windows.
            int passed = isEnd ? window.Length : Math.Max(from, window.Length - mark.Length + 1);
            window = window.Slice(0, passed);
            if (last >= 0 && other < 0)
                other = FindOther(window, from, input.Position, ref isInLine);
            input.Advance(passed);
        }

        string text = System.Text.Encoding.UTF8.GetString(mark.ToArray()).Replace("\n", " ").Trim();
        if (last < 0)
            throw BackupFormatException.Truncated(input.Position, $"the dump ends with '{text}', which is not there");
        if (other >= 0)
        {
            layer.Fail(
                BackupFileState.TrailingData, other, $"trailing data: the dump ends at {Numbers.Text(last)}, "
                + $"and other text begins at {Numbers.Text(other)}");
        }
    }

    private static long FindOther(ReadOnlySpan<byte> window, int from, long position, ref bool isInLine)
    {
        for (int i = from; i < window.Length; i++)
        {
            byte value = window[i];
            if (isInLine)
                isInLine = value != '\n';
            else if (value is not ((byte)' ' or >= 0x09 and <= 0x0D))
                return position + i;
        }

        return -1;
    }
}
