using System;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Looks for the mark at the end of a dump that is text.</summary>
internal static class MarkSearch
{
    // Longer than any line of a mark.
    private const int OtherLine = 1000;

    /// <summary>Reads to the end, and requires a mark there that nothing but white space follows.</summary>
    /// <param name="input">The reader.</param>
    /// <param name="layer">Takes bytes behind the mark as a problem.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="lineLength">
    /// The length of the rest of the mark's line, which belongs to it and may be missing as a whole; null when no text
    /// may follow the mark.
    /// </param>
    /// <exception cref="BackupFormatException">The mark is not there.</exception>
    public static void RequireLast(ByteReader input, BackupLayer layer, ReadOnlySpan<byte> mark, int? lineLength)
    {
        long last = -1;
        // The place of the last character behind the mark that is not white space, and whether its line continues.
        long other = -1;
        bool isInLine = false;
        int lengthOfLine = 0;
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
                isInLine = lineLength is not null;
                lengthOfLine = 0;
                from = at + mark.Length;
            }

            // The mark may lie across two windows.
            int passed = isEnd ? window.Length : Math.Max(from, window.Length - mark.Length + 1);
            window = window.Slice(0, passed);
            if (last >= 0 && other < 0)
                other = FindOther(window, from, input.Position, ref isInLine, ref lengthOfLine);
            input.Advance(passed);
        }

        string text = System.Text.Encoding.UTF8.GetString(mark.ToArray()).Replace("\n", " ").Trim();
        if (last < 0)
            throw BackupFormatException.Truncated(input.Position, $"the dump ends with '{text}', which is not there");
        if (lengthOfLine > 0 && lengthOfLine < lineLength)
        {
            throw BackupFormatException.Truncated(
                last + 1, $"the last line of the dump, '{text}', has {Numbers.Text(lengthOfLine)} of the "
                + $"{Numbers.Text(lineLength.Value)} characters behind that");
        }

        // The line without its end may be one without a time, or have lost it.
        if (lengthOfLine == 0 && isInLine)
            layer.IsWhole = null;
        if (other >= 0)
        {
            layer.Fail(
                BackupFileState.TrailingData, other, $"trailing data: the dump ends at {Numbers.Text(last)}, "
                + $"and other text begins at {Numbers.Text(other)}");
        }
    }

    private static long FindOther(
        ReadOnlySpan<byte> window, int from, long position, ref bool isInLine, ref int lengthOfLine)
    {
        for (int i = from; i < window.Length; i++)
        {
            byte value = window[i];
            if (isInLine)
            {
                isInLine = value != '\n';
                // A space is in front of what may be cut.
                if (value is not ((byte)'\n' or (byte)'\r'))
                    lengthOfLine += value == ' ' || lengthOfLine > 0 ? 1 : OtherLine;
            }
            else if (value is not ((byte)' ' or >= 0x09 and <= 0x0D))
                return position + i;
        }

        return -1;
    }
}
