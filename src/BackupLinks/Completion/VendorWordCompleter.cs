using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BackupLinks.Completion;

/// <summary>
/// Completes the vendors' words for states, kinds and engines, as their pages list them. The lists are not closed: any
/// other word is taken, too.
/// </summary>
public sealed class VendorWordCompleter : IArgumentCompleter
{
    private static readonly Dictionary<string, string[]> Words = new(System.StringComparer.OrdinalIgnoreCase)
    {
        ["Get-DcsInstance -Engine"] = ["Redis", "Memcached"],
        ["Get-DcsInstance -Status"] = ["RUNNING", "CREATING", "CREATEFAILED", "ERROR", "RESTARTING", "FROZEN", "EXTENDING", "RESTORING", "FLUSHING"],
        ["Get-DcsBackup -Status"] = ["waiting", "backuping", "succeed", "failed", "expired", "deleted"],
        ["Get-DcsLog -Status"] = ["succeed", "failed", "waiting", "backuping"],
        ["Get-DcsBackup -Type"] = ["auto", "manual"],
        ["Get-RdsInstance -Engine"] = ["MySQL", "PostgreSQL", "SQLServer", "MariaDB"],
        ["Get-RdsInstance -Type"] = ["Single", "Ha", "Replica"],
        ["Get-RdsInstance -Status"] =
        [
            "ACTIVE", "BUILD", "FAILED", "FROZEN", "MODIFYING", "REBOOTING", "RESTORING", "MODIFYING INSTANCE TYPE", "SWITCHOVER", "MIGRATING",
            "BACKING UP", "MODIFYING DATABASE PORT", "STORAGE FULL",
        ],
        ["Get-RdsBackup -Engine"] = ["MySQL", "PostgreSQL", "SQLServer", "MariaDB"],
        ["Get-RdsBackup -Status"] = ["BUILDING", "COMPLETED", "FAILED", "DELETING"],
        ["Get-RdsBackup -Type"] = ["auto", "manual", "fragment", "incremental"],
        ["Get-CdsInstance -Status"] = ["RUNNING"],
        ["Get-CdsBackup -Status"] = ["finished"],
        ["Get-CdsBackup -Type"] = ["auto", "manual", "full-backup"],
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Find(commandName, parameterName) is { } words ? WordCompletion.Complete(words, wordToComplete) : [];

    /// <summary>The words that the vendor's page lists; null for a parameter that takes no such words.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="parameter">The parameter's name.</param>
    internal static IReadOnlyList<string>? Find(string command, string parameter) =>
        Words.TryGetValue($"{command} -{parameter}", out string[]? words) ? words : null;
}
