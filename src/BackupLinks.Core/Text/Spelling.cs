using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Text;

/// <summary>Finds the words that are closest to a word.</summary>
internal static class Spelling
{
    /// <summary>The candidates nearest to the word, best first; none when nothing is near.</summary>
    public static IReadOnlyList<string> Closest(string word, IEnumerable<string> candidates, int count = 3)
    {
        string given = word.ToLowerInvariant();
        int tolerance = Math.Max(2, given.Length / 3);
        return
        [
            .. candidates
                .Select(candidate => (candidate, distance: Distance(given, candidate.ToLowerInvariant())))
                .Where(pair => pair.distance <= tolerance)
                .OrderBy(pair => pair.distance)
                .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
                .Take(count)
                .Select(pair => pair.candidate),
        ];
    }

    /// <summary>The Levenshtein distance: insertions, deletions and substitutions.</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
