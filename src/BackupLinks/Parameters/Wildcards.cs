using System;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Discovery;

namespace BackupLinks.Parameters;

/// <summary>Names as PowerShell takes them: several, with wildcards, upper and lower case the same.</summary>
internal static class Wildcards
{
    /// <summary>
    /// Lets through the names that one of the patterns fits; null when there is no pattern, and everything is wanted.
    /// </summary>
    /// <param name="patterns">The patterns; none for everything.</param>
    public static NameFilter? ToFilter(string[] patterns) => patterns.Length == 0
        ? null
        : new NameFilter(
        [
            .. patterns.Select(text =>
            {
                var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
                return (text, !WildcardPattern.ContainsWildcardCharacters(text), (Func<string, bool>)pattern.IsMatch);
            }),
        ]);
}
