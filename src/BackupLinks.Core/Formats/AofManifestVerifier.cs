using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>The manifest of an append-only file in several parts (Redis 7, <c>aof.c</c>), which must be beside
/// it.</summary>
internal sealed class AofManifestVerifier : FormatVerifier
{
    private const int LongestManifest = ByteReader.LookAhead;

    private static readonly Regex Line = new(
        "^file (\"(?:[^\"\\\\]|\\\\.)*\"|\\S+) seq (\\d+) type ([bhi])(?: .*)?$", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.AofManifest;

    /// <inheritdoc/>
    public override string Name => "AOF manifest";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("file "u8))
            return false;
        int end = head.IndexOf((byte)'\n');
        return Line.IsMatch(Encoding.UTF8.GetString((end < 0 ? head : head.Slice(0, end)).ToArray()).TrimEnd('\r'));
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        layer.Checksum = ChecksumCoverage.None;
        string text = Encoding.UTF8.GetString(input.Peek(LongestManifest).ToArray());
        int bases = 0;
        long parts = 0;
        int at = 0;
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var match = Line.Match(line);
                if (!match.Success)
                    throw BackupFormatException.Damaged(at, $"the line at {Numbers.Text(at)} names no part");
                parts++;
                bases += match.Groups[3].Value == "b" ? 1 : 0;
                // A history file is one that the server no longer needs, and removes in the background.
                if (match.Groups[3].Value != "h")
                    RequirePart(match.Groups[1].Value.Trim('"'), at, test.Folder);
            }

            at += Encoding.UTF8.GetByteCount(line) + 1;
        }

        if (bases > 1)
        {
            throw BackupFormatException.Damaged(
                0, $"the manifest names {bases} bases, and an append-only file has one");
        }

        if (!text.EndsWith("\n", StringComparison.Ordinal))
            throw BackupFormatException.Truncated(text.Length, "the last line of the manifest has no end");
        layer.Details["Parts"] = parts;
        input.SkipToEnd();
    }

    private static void RequirePart(string name, long at, string? folder)
    {
        if (folder is not null && name.IndexOfAny(['/', '\\']) < 0 && !File.Exists(Path.Combine(folder, name)))
        {
            throw BackupFormatException.Damaged(
                at, $"the manifest names the part '{name}', which is not beside it");
        }
    }
}
