using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Text without a known end, such as a log: nothing in it tells a whole file from a part. See
/// <see cref="MarkedText"/> for text that has one.</summary>
internal sealed class TextVerifier : FormatVerifier
{
    /// <summary>The name of the format.</summary>
    public const string FormatName = "text";

    private const int EnoughText = 64;
    private const int LongestPriority = 3;

    // The bytes of a letter behind its first one.
    private const int LongestRest = 3;

    // The number of arguments, and the length of the first; a line feed alone is what a transfer as text leaves.
    private static readonly Regex AofCommand = new(
        @"\n\*[1-9][0-9]{0,5}\r?\n\$[0-9]{1,9}\r?\n", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Text;

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        if (IsMongoMetadata(head))
            return true;
        if (head.Length < 2 || !BeginsLikeALog(head))
            return false;
        if (FindUtf16(head) is { } encoding)
            return IsUtf16(head.Slice(2), encoding);
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
        layer.Checksum = ChecksumCoverage.None;
        if (MarkedText.Find(input.Peek(HeadSize)) is { } marked)
        {
            marked.Verify(input, layer);
            return;
        }

        layer.State = BackupFileState.Unverifiable;
        layer.IsWhole = null;
        layer.Detail = "text has no mark at its end, and no checksum";
        if (IsMongoMetadata(input.Peek(HeadSize)))
        {
            RequireBrace(input);
            return;
        }

        RefuseFragment(input.Peek(HeadSize));
        if (FindUtf16(input.Peek(2)) is not null)
        {
            VerifyUtf16(input);
            return;
        }

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

    // The options and indexes of a collection, which mongodump writes beside its documents in one line of JSON.
    private static bool IsMongoMetadata(ReadOnlySpan<byte> head) =>
        head.StartsWith("{\"options\":{"u8) || head.StartsWith("{\"indexes\":["u8);

    private static void RequireBrace(ByteReader input)
    {
        var tail = new TailBytes(1);
        input.Watch(tail.Append);
        input.SkipToEnd();
        input.Watch(null);
        if (tail.Span[0] is not ((byte)'}' or (byte)'\n'))
        {
            throw BackupFormatException.Truncated(
                input.Position, $"the document of JSON has no end at {Numbers.Text(input.Position)}");
        }
    }

    // A document of JSON or XML is no log. A log of JSON has an object on each line, one of syslog the priority in
    // front, an audit log the declaration of XML; NonBackupContent knows the XML that stores return.
    private static bool BeginsLikeALog(ReadOnlySpan<byte> head)
    {
        byte first = head[0];
        if (first == '<')
        {
            int digits = 1;
            while (digits < head.Length && digits <= LongestPriority && head[digits] is >= (byte)'0' and <= (byte)'9')
                digits++;
            return (digits > 1 && digits < head.Length && head[digits] == '>') || head.StartsWith("<?xml "u8);
        }

        return first switch
        {
            (byte)'{' => NonBackupContent.IsJsonLines(head),
            (byte)'[' => head.Slice(1).StartsWith("20"u8) || head.IndexOf("\n["u8) >= 0,
            _ => true,
        };
    }

    // The logs of SQL Server are like this.
    private static Encoding? FindUtf16(ReadOnlySpan<byte> head) =>
        head.StartsWith([(byte)0xFF, (byte)0xFE]) ? Encoding.Unicode
        : head.StartsWith([(byte)0xFE, (byte)0xFF]) ? Encoding.BigEndianUnicode : null;

    private static bool IsUtf16(ReadOnlySpan<byte> head, Encoding encoding)
    {
        int first = encoding == Encoding.Unicode ? 1 : 0;
        bool hasLine = false, isHalf = false;
        for (int at = 0; at + 1 < head.Length; at += 2)
        {
            char value = (char)((head[at + first] << 8) | head[at + 1 - first]);
            if (value == '\0')
                return hasLine && at / 2 >= EnoughText;
            if (value is < ' ' and not ('\t' or '\n' or '\r' or '\f' or '\x1B' or '\b') or '\x7F'
                || char.IsLowSurrogate(value) != isHalf)
                return false;
            // The second half of the last letter may be cut off.
            isHalf = char.IsHighSurrogate(value);
            hasLine |= value == '\n';
        }

        return hasLine;
    }

    private static void VerifyUtf16(ByteReader input)
    {
        while (input.Fill(2))
        {
            var window = input.Window.Slice(0, input.Window.Length & ~1);
            int zero = MemoryMarshal.Cast<byte, char>(window).IndexOf('\0');
            if (zero >= 0)
            {
                throw BackupFormatException.Damaged(
                    input.Position + (2 * zero), "text has no NUL characters, and here is one; a hole in the file "
                        + "has nothing else");
            }

            input.Advance(window.Length);
        }

        input.SkipToEnd();
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
        // The last letter may be cut: it is a byte from 0xC0 on, and others of 0x80 to 0xBF.
        int length = head.Length;
        while (length > 0 && head.Length - length < LongestRest && head[length - 1] is >= 0x80 and < 0xC0)
            length--;
        if (length > 0 && head[length - 1] >= 0xC0)
            length--;
        try
        {
            return StrictUtf8.Decode(head.Slice(0, length)).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
