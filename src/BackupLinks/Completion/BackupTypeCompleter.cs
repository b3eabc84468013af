using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using BackupLinks.Catalog;

namespace BackupLinks.Completion;

/// <summary>Completes the kinds of backup: the module's words, then those of all vendors.</summary>
public sealed class BackupTypeCompleter : IArgumentCompleter
{
    private static readonly string[] Kinds = [BackupKind.Full, BackupKind.Incremental, BackupKind.Log];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var words = Clouds.Registry.Services.SelectMany(service => service.BackupWords.Type ?? []);
        return WordCompletion.Complete(
            Kinds.Concat(words).Distinct(System.StringComparer.OrdinalIgnoreCase), wordToComplete);
    }
}
