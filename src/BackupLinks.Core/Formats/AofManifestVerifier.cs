using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>The manifest of an append-only file in several parts (Redis 7, <c>aof.c</c>), which must be beside
/// it.</summary>
internal sealed class AofManifestVerifier : FormatVerifier
{
    private const int LongestLine = ByteReader.LookAhead;

    private static readonly Regex Line = new(
        "^file (\"(?:[^\"\\\\]|\\\\.)*\"|\\S+) seq (\\d+) type ([bhi])(?: .*)?$", RegexOptions.CultureInvariant);

    private static readonly Regex Part = new(
        "^(.+)\\.(\\d+)\\.(?:incr\\.aof|base\\.(?:aof|rdb))$", RegexOptions.CultureInvariant);

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
        // A cut between two lines leaves no trace.
        layer.IsWhole = null;
        long bases = 0, parts = 0;
        string? start = null, last = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!input.IsAtEnd)
        {
            long at = input.Position;
            string line = ReadLine(input);
            if (line.Length == 0 || line[0] == '#')
                continue;
            var match = Line.Match(line);
            if (!match.Success)
                throw BackupFormatException.Damaged(at, $"the line at {Numbers.Text(at)} names no part");
            parts++;
            string type = match.Groups[3].Value;
            string name = Unquote(match.Groups[1].Value);
            bases += type == "b" ? 1 : 0;
            start = type == "b" ? name : start;
            names.Add(name);
            last = type == "i" ? name : last;
            // A history file is one that the server no longer needs, and removes in the background.
            if (type != "h")
                RequirePart(name, at, test.Folder);
        }

        if (bases > 1)
        {
            throw BackupFormatException.Damaged(
                0, $"the manifest names {bases} bases, and an append-only file has one");
        }

        // A server that rewrites while appendonly is off opens no increment (aof.c, openNewIncrAofForAppend).
        if (FindLater(last, start, names, test.Folder) is { } later)
        {
            string end = last is null ? "has no increment" : $"ends with the increment '{last}'";
            throw BackupFormatException.Truncated(
                input.Position, $"the manifest {end}, and '{later}' is beside it");
        }

        layer.Details["Parts"] = parts;
    }

    private static string ReadLine(ByteReader input)
    {
        long at = input.Position;
        var window = input.Peek(LongestLine);
        int end = window.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw window.Length < LongestLine
                ? BackupFormatException.Truncated(at, "the last line of the manifest has no end")
                : BackupFormatException.Damaged(at, $"the line at {Numbers.Text(at)} has no end");
        }

        string line = Encoding.UTF8.GetString(window.Slice(0, end).ToArray());
        input.Advance(end + 1);
        return line;
    }

    // sdscatrepr writes a name with other bytes than printable ASCII in quotes, and those bytes escaped.
    private static string Unquote(string text)
    {
        if (text[0] != '"')
            return text;
        var bytes = new List<byte>();
        for (int i = 1; i < text.Length - 1; i++)
        {
            char value = text[i];
            if (value == '\\')
            {
                value = text[++i];
                if (value == 'x' && i + 2 < text.Length - 1 && Uri.IsHexDigit(text[i + 1])
                    && Uri.IsHexDigit(text[i + 2]))
                {
                    bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                    i += 2;
                    continue;
                }

                value = value switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'a' => '\a', _ => value };
            }

            bytes.AddRange(Encoding.UTF8.GetBytes([value]));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static void RequirePart(string name, long at, string? folder)
    {
        if (folder is not null && name.IndexOfAny(['/', '\\']) < 0 && !File.Exists(Path.Combine(folder, name)))
        {
            throw BackupFormatException.Damaged(
                at, $"the manifest names the part '{name}', which is not beside it");
        }
    }

    // The server makes an increment before it names it, so that an empty one may be left of a crash.
    private static string? FindLater(string? last, string? start, HashSet<string> names, string? folder)
    {
        if (folder is null || TryParse(last ?? start ?? "", out string stem) is not { } number
            || !Directory.Exists(folder))
        {
            return null;
        }

        // The numbers of bases are others than those of increments.
        long after = last is null ? -1 : number;
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*.incr.aof")
                .Where(file => TryParse(file.Name, out string other) > after && other == stem && file.Length > 0)
                .Where(file => !names.Contains(file.Name))
                .Select(file => file.Name).OrderBy(name => name, StringComparer.Ordinal).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? TryParse(string name, out string stem)
    {
        var match = Part.Match(name);
        stem = match.Groups[1].Value;
        return match.Success && long.TryParse(
            match.Groups[2].Value, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : null;
    }
}
