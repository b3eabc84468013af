using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace BackupLinks.Completion;

/// <summary>Requests names from SecretManagement, never a secret.</summary>
internal static class VaultQuery
{
    /// <summary>The names that a command of SecretManagement lists; none when it cannot.</summary>
    /// <param name="command"><c>Get-SecretInfo</c> or <c>Get-SecretVault</c>.</param>
    /// <param name="parameters">The command's parameters.</param>
    public static IReadOnlyList<string> GetNames(string command, Dictionary<string, object> parameters)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(@"Microsoft.PowerShell.SecretManagement\" + command).AddParameters(parameters);
        try
        {
            var names = shell.Invoke().Select(item => item?.Properties["Name"]?.Value as string);
            return [.. names.OfType<string>().Distinct()];
        }
        catch (RuntimeException)
        {
            // Not installed, or locked without a prompt: Tab has nothing to offer, and no error to show.
            return [];
        }
    }
}
