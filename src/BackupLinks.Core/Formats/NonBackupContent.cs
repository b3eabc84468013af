using System;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Formats;

/// <summary>Documents that stores, proxies and version control have in the place of a backup.</summary>
internal static class NonBackupContent
{
    private const int ShownTitle = 80;
    private const string ErrorStart =
        "^\\s*\\{\\s*\"(?:error_code|error_msg|error|errorCode|code|message|RequestId|request_id)\"";

    /// <summary>The kind of a document, for people; null when it may be a backup.</summary>
    /// <param name="head">The first bytes.</param>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head.Length == 0
            || head[0] is not ((byte)'<' or (byte)'{' or (byte)'[' or (byte)'v' or (byte)'H' or 0xEF
                or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            return null;
        string text = Encoding.UTF8.GetString(head.ToArray()).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        // An audit log is XML, too, and so is a dump of mysqldump --xml.
        switch (Markup.Classify(text))
        {
            // A part of a page may be a line of a log.
            case MarkupKind.Page:
                return Find(text, "<title>(.*?)</title>") is { } title
                    ? $"the file is a web page, '{title}'" : "the file is a web page";
            case MarkupKind.Error or MarkupKind.Response:
                return Find(text, @"<(?:[\w.-]+:)?(?:Code|faultcode)>(.*?)</") is { } code
                    ? $"the file is an error document of a store, '{code}'" : "the file is an XML document";
        }

        if (StartsWith(text, "HTTP/1.") || StartsWith(text, "HTTP/2 "))
            return "the file begins with the headers of an HTTP response";
        if (StartsWith(text, "version https://git-lfs.github.com/spec/"))
            return "the file is a pointer of Git LFS to another file";
        // A manifest of pg_basebackup is JSON, too; other JSON is an error when it says so.
        return text.StartsWith("{", StringComparison.Ordinal)
            && !text.Contains("PostgreSQL-Backup-Manifest-Version")
            && !IsJsonLines(head)
            && Find(text, ErrorStart) is not null
            ? Find(text, "\"(?:error_code|errorCode|code|Code)\"\\s*:\\s*\"(.*?)\"") is { } number
                ? $"the file is an error document, '{number}'" : "the file is an error document"
            : null;
    }

    /// <summary>Whether each line has an object of its own, as in a log; an error is one object.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool IsJsonLines(ReadOnlySpan<byte> head)
    {
        int end = head.IndexOf((byte)'\n');
        if (end <= 0 || !head.Slice(end + 1).StartsWith("{"u8))
            return false;
        int last = head[end - 1] == '\r' ? end - 2 : end - 1;
        return last > 0 && head[0] == '{' && head[last] == '}';
    }

    private static bool StartsWith(string text, string value) =>
        text.StartsWith(value, StringComparison.OrdinalIgnoreCase);

    private static string? Find(string text, string pattern)
    {
        var match = Regex.Match(text, pattern,
            RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant);
        if (!match.Success)
            return null;
        string value = match.Groups[match.Groups.Count - 1].Value.Trim();
        return value.Length > ShownTitle ? value.Substring(0, ShownTitle) : value;
    }
}
