using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BackupLinks.Completion;

/// <summary>
/// Keeps what was typed of an id or a name. Without a completion, the shell would offer the names of files in the
/// current folder, which are not ids.
/// </summary>
public sealed class IdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete is { Length: > 0 } ? wordToComplete : " ";
        string tip = $"a value for -{parameterName}";
        return [new CompletionResult(typed, $"({parameterName})", CompletionResultType.ParameterValue, tip)];
    }
}
