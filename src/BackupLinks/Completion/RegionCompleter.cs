using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BackupLinks.Completion;

/// <summary>Completes the regions that have the command's service.</summary>
public sealed class RegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var regions = ServiceCommands.Find(commandName, fakeBoundParameters)?.Regions
            ?? Clouds.Registry.Providers.SelectMany(provider => provider.Regions).Distinct();
        return WordCompletion.Complete(regions, wordToComplete);
    }
}
