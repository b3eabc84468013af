using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BackupLinks.Completion;

/// <summary>
/// Completes the vendors' words for states, kinds and engines, as their pages list them. The lists are not closed: any
/// other word is accepted, too.
/// </summary>
public sealed class VendorWordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        ServiceCommands.Find(commandName, fakeBoundParameters)?.FindWords(parameterName) is { } words
            ? WordCompletion.Complete(words, wordToComplete)
            : [];
}
