using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Discovery;

/// <summary>
/// Names that are wanted, and which of those without wildcards no entry of any list had. Lists are read on several
/// threads.
/// </summary>
/// <param name="patterns">The patterns, with a test for each.</param>
internal sealed class NameFilter(IReadOnlyList<(string Text, bool IsLiteral, Func<string, bool> Fits)> patterns)
{
    private readonly ConcurrentDictionary<int, bool> _found = new();

    /// <summary>The names without wildcards that no entry had, as they were typed.</summary>
    public IEnumerable<string> Missing =>
        patterns.Where((pattern, i) => pattern.IsLiteral && !_found.ContainsKey(i)).Select(pattern => pattern.Text);

    /// <summary>True for a name that is wanted.</summary>
    /// <param name="name">The name of an entry; null for none.</param>
    public bool IsWanted(string? name)
    {
        bool isWanted = false;
        for (int i = 0; i < patterns.Count && name is not null; i++)
        {
            if (!patterns[i].Fits(name))
                continue;
            isWanted = true;
            _found[i] = true;
        }

        return isWanted;
    }
}
