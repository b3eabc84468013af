using System;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox;

/// <summary>
/// The filters that the vendors document for their lists. A parameter that is absent or empty filters nothing.
/// </summary>
internal static class SandboxFilters
{
    /// <summary>True when a parameter is absent, or equal to the value.</summary>
    public static bool IsEqual(this IQueryCollection query, string name, string value) =>
        query.Matches(name, wanted => wanted == value);

    /// <summary>True when a parameter is absent, or equal to the value in any case.</summary>
    public static bool IsSameWord(this IQueryCollection query, string name, string value) =>
        query.Matches(name, wanted => string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when a parameter is absent, or a part of the value: the fuzzy filters.</summary>
    public static bool IsPart(this IQueryCollection query, string name, string value) =>
        query.Matches(name, wanted => value.Contains(wanted, StringComparison.Ordinal));

    /// <summary>
    /// True when a parameter is absent, equal to the value, or <c>*</c> and a part of it: the filters of RDS
    /// (<c>rds_01_0004</c>).
    /// </summary>
    public static bool IsStarred(this IQueryCollection query, string name, string value) =>
        query.Matches(name, wanted => wanted switch
    {
        ['*', .. var part] => value.Contains(part, StringComparison.Ordinal),
        _ => wanted == value,
    });

    /// <summary>True for a parameter that is given as <c>true</c>.</summary>
    public static bool IsTrue(this IQueryCollection query, string name) =>
        string.Equals(Text(query, name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when a parameter is absent, or one of the words that the vendor documents.</summary>
    public static bool IsKnownWord(this IQueryCollection query, string name, params string[] words) =>
        Text(query, name) is not { } word || words.Contains(word, StringComparer.OrdinalIgnoreCase);

    // The vendor's .NET SDK sends a plus as itself, and others send a space as a plus: both readings count.
    private static bool Matches(this IQueryCollection query, string name, Func<string, bool> matches) =>
        Text(query, name) is not { } wanted || matches(wanted) || matches(wanted.Replace(' ', '+'));

    private static string? Text(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } text ? text : null;
}
