using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BackupLinks.Completion;

/// <summary>Completes the names of secrets, of the vault in -Vault when it is there already.</summary>
public sealed class SecretNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var parameters = new Dictionary<string, object>();
        if (fakeBoundParameters["Vault"] is string vault)
            parameters["Vault"] = vault;
        return WordCompletion.Complete(VaultQuery.GetNames("Get-SecretInfo", parameters), wordToComplete);
    }
}
