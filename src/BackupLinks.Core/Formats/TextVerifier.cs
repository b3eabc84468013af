using System;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Formats;

/// <summary>Text without a known end, such as a log: nothing in it tells a whole file from a part.</summary>
internal sealed class TextVerifier : FormatVerifier
{
    private const int EnoughText = 64;

    // The number of arguments, and the length of the first; a line feed alone is what a transfer as text leaves.
    private static readonly Regex AofCommand = new(
        @"\n\*[1-9][0-9]{0,5}\r?\n\$[0-9]{1,9}\r?\n", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Text;

    /// <inheritdoc/>
    public override string Name => "text";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        // JSON and XML begin like this, and no log does.
        if (head.Length < 2 || head[0] is (byte)'{' or (byte)'<' or (byte)'[' && !head.Slice(1).StartsWith("20"u8))
            return false;
        int end = head.IndexOf((byte)0);
        if (end >= 0 && end < EnoughText)
            return false;
        if (end >= 0)
            head = head.Slice(0, end);
        int high = 0;
        bool hasLine = false;
        foreach (byte value in head)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B or 0x08) or 0x7F)
                return false;
            high += value >> 7;
            hasLine |= value == '\n';
        }

        // Another alphabet has two or three such bytes a letter; random bytes have one in two, and controls among them.
        return hasLine && (high < head.Length / 4 || IsUtf8(head));
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        layer.State = BackupFileState.Unverifiable;
        layer.Checksum = ChecksumCoverage.None;
        layer.IsWhole = null;
        layer.Detail = "text has no mark at its end, and no checksum";
        RefuseFragment(input.Peek(HeadSize));
        while (input.Fill(1))
        {
            int zero = input.Window.IndexOf((byte)0);
            if (zero >= 0)
            {
                throw BackupFormatException.Damaged(
                    input.Position + zero, "text has no NUL bytes, and here is one; a hole in the file has "
                        + "nothing else");
            }

            input.Advance(input.Window.Length);
        }
    }

    // A backup whose first bytes were lost, or have others in front of them, may look like text.
    private static void RefuseFragment(ReadOnlySpan<byte> head)
    {
        string text = Encoding.UTF8.GetString(head.ToArray());
        if (AofCommand.IsMatch(text))
            throw BackupFormatException.Damaged(0, "this is a part of an AOF, whose beginning is missing or changed");
        if (text.Contains("\"PostgreSQL-Backup-Manifest-Version\""))
        {
            throw BackupFormatException.Damaged(
                0, "this is a part of a backup_manifest, whose beginning is missing or changed");
        }
    }

    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        // The last letter may be cut.
        string text = Encoding.UTF8.GetString(head.Slice(0, Math.Max(0, head.Length - 3)).ToArray());
        return text.Length > 0 && text.IndexOf('\uFFFD') < 0;
    }
}
