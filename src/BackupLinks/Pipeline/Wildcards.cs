using System;
using System.Linq;
using System.Management.Automation;

namespace BackupLinks.Pipeline;

/// <summary>Names as PowerShell takes them: several, with wildcards, upper and lower case the same.</summary>
internal static class Wildcards
{
    /// <summary>True for text that one of the patterns fits; null when there is no pattern, and everything is wanted.</summary>
    /// <param name="patterns">The patterns; none for everything.</param>
    public static Func<string?, bool>? ToFilter(string[] patterns)
    {
        if (patterns.Length == 0)
            return null;
        WildcardPattern[] wanted = [.. patterns.Select(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];
        return text => text is not null && wanted.Any(pattern => pattern.IsMatch(text));
    }
}
