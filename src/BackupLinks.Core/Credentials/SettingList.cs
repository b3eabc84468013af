using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Credentials;

/// <summary>A setting that may have several values, as text with commas between them.</summary>
internal static class SettingList
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>The text of several values.</summary>
    public static string Join(IEnumerable<string?> values) => string.Join(",", values);

    /// <summary>The values; none for null.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        [.. (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(
            StringComparer.OrdinalIgnoreCase)];

    /// <summary>The first of the values, or the text itself when it is blank; null for null.</summary>
    public static string? First(string? text) => Split(text) is [var first, ..] ? first : text;
}
