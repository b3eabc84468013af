using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Catalog.Retention;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formatting;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Catalog;

/// <summary>Removes the backups of one command that no rule keeps, and says what was decided.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="given">The files that it was given.</param>
/// <param name="instanceIds">The instances whose files may go; none for all.</param>
/// <param name="passThru">True to write the decisions.</param>
/// <param name="stop">Ends the command after the backup that is being removed.</param>
internal sealed class BackupRemover(
    PSCmdlet cmdlet, GivenFiles given, IReadOnlyCollection<string> instanceIds, bool passThru, CancellationToken stop)
{
    private readonly RemovalPreview _preview = new(cmdlet);
    // The backups that were kept although the plan removes them, and why.
    private readonly Dictionary<SavedBackup, string> _kept = [];
    private BackupRemoval _removal = new(Disk.Local, Clock.System);

    /// <summary>Decides, and removes.</summary>
    /// <param name="settings">The rules, and the time; null to remove all.</param>
    public void Run(RetentionSettings? settings)
    {
        var backups = Read();
        if (backups is null)
            return;
        WriteUnknownInstances(backups);
        if (Decide(backups, settings) is not { } plan)
            return;
        _removal = new BackupRemoval(Disk.Local, Clock.System, backups.SelectMany(backup => backup.Files));
        foreach (var chain in plan.Removals)
            Remove(chain);
        foreach (var decision in plan.Decisions.Where(each => each.Keep && each.Backup.IsBeingRemoved))
            Withdraw(decision.Backup);
        _preview.Complete();
        if (stop.IsCancellationRequested)
            return;
        string[] unknown = [.. given.FindUnknown(backups)];
        Tell(plan, unknown);
        if (passThru)
            Write(plan, unknown);
    }

    private IReadOnlyList<SavedBackup>? Read()
    {
        try
        {
            var backups = given.Read(stop);
            if (given.UnreadableLines > 0)
            {
                cmdlet.Warn(
                    $"{Count(given.UnreadableLines, "line")} of the catalog cannot be read, as after a power cut, and "
                        + "the files of such lines stay.");
            }

            return backups;
        }
        catch (BackupLinksException e)
        {
            cmdlet.WriteError(e.ToErrorRecord(null));
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    // Where the instances that are gone are not known, their files would count as those of others.
    private RetentionPlan? Decide(IReadOnlyList<SavedBackup> backups, RetentionSettings? settings)
    {
        try
        {
            return settings is null
                ? RetentionPlan.RemoveAll(backups, IsGiven)
                : RetentionPlan.Create(backups, IsGiven, settings with { IsGone = FindGone(backups) });
        }
        catch (BackupLinksException e)
        {
            cmdlet.WriteError(e.ToErrorRecord(null));
            return null;
        }
    }

    private bool IsGiven(BackupFile file) =>
        given.IsGiven(file) && (instanceIds.Count == 0 || instanceIds.Contains(file.InstanceId));

    private Func<SavedBackup, bool> FindGone(IReadOnlyList<SavedBackup> backups)
    {
        var gone = new HashSet<(string?, string?)>(given.FindGone(backups));
        return backup => gone.Contains((backup.Service, backup.InstanceId));
    }

    private void WriteUnknownInstances(IReadOnlyList<SavedBackup> backups)
    {
        foreach (string id in instanceIds.Except(backups.Select(backup => backup.InstanceId).OfType<string>()))
        {
            string places = string.Join("', '", given.CatalogFolders);
            cmdlet.WriteError(new BackupLinksException(
                ErrorKind.NotFound,
                $"The catalog of '{places}' has no file of an instance '{id}'; Get-BackupFile lists what it has.")
                .ToErrorRecord(id));
        }
    }

    // What hangs on a backup goes before it. Where one of them stays, the rest stays with it.
    private void Remove(IReadOnlyList<SavedBackup> chain)
    {
        if (stop.IsCancellationRequested)
            return;
        if (_preview.ShouldRemove(chain) is { } refusal)
        {
            foreach (var backup in refusal == ShouldProcessReason.WhatIf ? [] : chain)
                _kept.Add(backup, "it was not confirmed");
            return;
        }

        string? reason = null;
        foreach (var backup in chain)
        {
            if (stop.IsCancellationRequested)
                return;
            if (reason is null && TryRemove(backup))
                continue;
            _kept.Add(backup, reason ?? "it could not be removed");
            reason ??= $"needed by {backup.Id}";
        }
    }

    private bool TryRemove(SavedBackup backup) => Try(backup, () =>
    {
        _removal.Remove(backup, stop);
        foreach (var file in backup.Files)
            cmdlet.Tell($"Removed '{file.Path}'.");
    });

    // Else the next command would decide about it once more, and the loss of a file would not be told.
    private void Withdraw(SavedBackup backup)
    {
        if (stop.IsCancellationRequested || IsDryRun)
            return;
        Try(backup, () =>
        {
            _removal.Withdraw(backup, stop);
            cmdlet.Tell($"The removal of '{backup.Files[0].Path}' was begun, and the file stays.");
        });
    }

    private bool IsDryRun => LanguagePrimitives.IsTrue(
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given
            : cmdlet.GetVariableValue("WhatIfPreference"));

    private bool Try(SavedBackup backup, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (BackupLinksException e)
        {
            var file = backup.Files[0];
            cmdlet.WriteError(e.ToErrorRecord(file.Path, new SourceIds(file.InstanceId, file.BackupId, file.LogId)
            {
                InstanceName = file.InstanceName, BackupTime = file.BackupTime,
            }));
            return false;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Tell(RetentionPlan plan, string[] unknown)
    {
        foreach (var instance in plan.WithoutFull.GroupBy(backup => (backup.Service, backup.InstanceId)))
        {
            string name = Display.Instance(instance.First().Files[0].InstanceName, instance.Key.InstanceId);
            string count = Count(
                instance.Count(), "incremental backup or log", "incremental backups or logs");
            cmdlet.Warn(
                $"{count} of instance '{name}' cannot be restored, because the full backup is not there. "
                    + "No rule removes them.");
        }

        int strangers = plan.Decisions.Count(decision => decision.Backup.InstanceId is null);
        if (strangers > 0)
        {
            cmdlet.Warn(
                $"Of {Count(strangers, "backup")}, the catalog does not have the instance. No rule removes them.");
        }

        if (unknown.Length > 0)
        {
            cmdlet.Warn(
                $"The catalog does not have {Count(unknown.Length, "file")}, such as '{unknown[0]}'. "
                    + "No rule removes them.");
        }
    }

    private void Write(RetentionPlan plan, string[] unknown)
    {
        foreach (var decision in plan.Decisions)
        {
            bool isKept = _kept.TryGetValue(decision.Backup, out string? reason);
            reason ??= string.Join(", ", decision.Reasons);
            foreach (var file in decision.Backup.Files.Where(file => IsGiven(file) || file.IsBeingRemoved))
                cmdlet.WriteObject(new RetentionDecision(file, decision.Keep || isKept, reason));
        }

        foreach (string path in unknown)
            cmdlet.WriteObject(new RetentionDecision(path, true, "the catalog does not have it"));
    }

    private static string Count(int count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
