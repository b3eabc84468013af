using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Formatting;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Catalog;

/// <summary>
/// The texts of -WhatIf and -Confirm for the backups to remove: each with its size, and -WhatIf their total.
/// </summary>
internal sealed class RemovalPreview(PSCmdlet cmdlet)
{
    private int _count;
    private long _bytes;

    /// <summary>Prompts whether to remove a backup and the backups that need it.</summary>
    /// <param name="chain">What is removed, in its order: the backup itself comes last.</param>
    /// <returns>Null when it is; else why not.</returns>
    public ShouldProcessReason? ShouldRemove(IReadOnlyList<SavedBackup> chain)
    {
        var files = chain.SelectMany(backup => backup.Files).ToList();
        long bytes = files.Where(file => file.State != FilePresence.Missing).Sum(file => file.Size);
        string what = $"Performing the operation \"Remove {Count(files.Count)} ({Display.Size(bytes)})\" on target "
            + $"\"{ScreenText.Printable(Describe(chain))}\".";
        string question = $"Are you sure you want to perform this action?\n{what}";
        if (cmdlet.ShouldProcess(what, question, "Confirm", out var reason))
            return null;
        if (reason == ShouldProcessReason.WhatIf)
        {
            _count += files.Count;
            _bytes += bytes;
        }

        return reason;
    }

    /// <summary>Says how much all files are, after -WhatIf.</summary>
    public void Complete()
    {
        if (_count == 0)
            return;
        string what = $"{Count(_count)} would be removed, {Display.Size(_bytes)} in total.";
        cmdlet.ShouldProcess(what, what, "Confirm", out _);
    }

    private static string Describe(IReadOnlyList<SavedBackup> chain)
    {
        var backup = chain[chain.Count - 1];
        var file = backup.Files[0];
        string name = Display.Instance(file.InstanceName, backup.InstanceId);
        string instance = name.Length > 0 ? $" of {name}" : "";
        string time = AgeText.FormatMoment(backup.Time);
        string rest = chain.Count == 1 ? "" : $" and {chain.Count - 1} that hang on it";
        return $"{backup.Id}{instance} of {time}{rest}";
    }

    private static string Count(int files) => files == 1 ? "1 file" : $"{files} files";
}
