using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BackupLinks.Completion;

/// <summary>
/// Completes the keys of services, also by their last part or another name: Rds gives HuaweiCloud.Rds.
/// </summary>
public sealed class ServiceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        var byName = Clouds.Registry.Services
            .Where(service => service.OtherNames.Prepend(service.Name).Any(
                name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .Select(service => service.Key);
        var completions = WordCompletion.Complete(
            Clouds.Registry.Services.Select(service => service.Key), typed).ToArray();
        return completions.Length > 0 ? completions : WordCompletion.Complete(byName, "");
    }
}
