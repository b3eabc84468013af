using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Text;

namespace BackupLinks.Completion;

/// <summary>Turns known words into completions of the word at the cursor.</summary>
internal static class WordCompletion
{
    /// <summary>
    /// The words that begin with what was typed, quoted where they must be. A word that a screen would obey instead of
    /// showing it is left out: Tab writes it into the command line.
    /// </summary>
    /// <param name="words">The known words.</param>
    /// <param name="typed">The typed text, with or without an opening quote.</param>
    public static IEnumerable<CompletionResult> Complete(IEnumerable<string> words, string? typed)
    {
        string prefix = (typed ?? "").Trim('\'', '"');
        return words
            .Where(word => ScreenText.Printable(word) == word)
            .Where(word => word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(word => word, StringComparer.OrdinalIgnoreCase)
            .Select(word => new CompletionResult(Quote(word), word, CompletionResultType.ParameterValue, word));
    }

    private static string Quote(string word) =>
        word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? word : "'" + word.Replace("'", "''") + "'";
}
