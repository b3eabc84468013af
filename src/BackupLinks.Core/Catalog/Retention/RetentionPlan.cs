using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Catalog.Retention;

/// <summary>Which backups stay, and which go. Made of values alone: the same values make the same plan.</summary>
internal sealed class RetentionPlan
{
    private RetentionPlan(
        IReadOnlyList<BackupDecision> decisions,
        IReadOnlyList<IReadOnlyList<SavedBackup>> removals,
        IReadOnlyList<SavedBackup> withoutFull)
    {
        Decisions = decisions;
        Removals = removals;
        WithoutFull = withoutFull;
    }

    /// <summary>
    /// A decision for each backup of which a file was given; those of one instance, or of one part, oldest first.
    /// </summary>
    public IReadOnlyList<BackupDecision> Decisions { get; }

    /// <summary>
    /// The removals: a list for each full backup and the backups that need it, in the order in which they are removed.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<SavedBackup>> Removals { get; }

    /// <summary>Incremental backups and logs whose full backup is not there; no rule removes them.</summary>
    public IReadOnlyList<SavedBackup> WithoutFull { get; }

    /// <summary>Makes a plan.</summary>
    /// <param name="backups">All that the catalogs know: a restore may need what was not given.</param>
    /// <param name="isGiven">True for a file that was given, and that may be removed.</param>
    /// <param name="settings">The rules, and the time.</param>
    public static RetentionPlan Create(
        IEnumerable<SavedBackup> backups, Func<BackupFile, bool> isGiven, RetentionSettings settings)
    {
        // A removal of which no file is gone is decided anew: since it was begun, the backup may be the last good one.
        var all = backups.ToLookup(backup => backup.IsPartlyRemoved);
        // Files of which the instance is not known may be of many: one rule for all of them would remove good ones. A
        // backup whose kind is not known may need others, and others may need it.
        var strangers = all[false].Where(backup => IsStranger(backup) && backup.Files.Any(isGiven))
            .OrderBy(backup => backup, BackupOrder.OldestFirst)
            .Select(backup => new BackupDecision(
                backup, true, [backup.InstanceId is null ? "its instance is not known" : "its kind is not known"]));
        var fulls = new FirstFulls(all[false]);
        var instances = all[false].Where(backup => !IsStranger(backup))
            .GroupBy(backup => (backup.Service, backup.InstanceId, Part: fulls.PartOf(backup)))
            .OrderBy(group => group.Key.Service, StringComparer.Ordinal)
            .ThenBy(group => group.Key.InstanceId, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Part, StringComparer.Ordinal)
            .Select(group => new InstanceRetention(group, isGiven, settings)).ToList();
        var begun = EndRemovals(all[true], isGiven);
        return new RetentionPlan(
            [.. begun.Decisions, .. strangers, .. instances.SelectMany(instance => instance.Decisions)],
            [.. begun.Removals, .. instances.SelectMany(instance => instance.Removals)
                .Select(chain => (IReadOnlyList<SavedBackup>)[.. chain.NewestFirst])],
            [.. instances.SelectMany(instance => instance.WithoutFull)
                .Where(backup => backup.Files.Any(isGiven))]);
    }

    /// <summary>Makes a plan by which all goes that was given.</summary>
    /// <inheritdoc cref="Create"/>
    public static RetentionPlan RemoveAll(IEnumerable<SavedBackup> backups, Func<BackupFile, bool> isGiven)
    {
        var all = backups.ToLookup(backup => backup.IsPartlyRemoved);
        var decisions = all[false].Where(backup => backup.Files.Any(isGiven))
            .OrderBy(backup => backup, BackupOrder.OldestFirst)
            .Select(backup => backup.Files.All(isGiven)
                ? new BackupDecision(backup, false, ["all of its instance goes"])
                : new BackupDecision(backup, true, [InstanceRetention.IsPart])).ToList();
        var begun = EndRemovals(all[true], isGiven);
        var going = decisions.Where(decision => !decision.Keep).Select(decision => decision.Backup).Reverse();
        return new RetentionPlan(
            [.. begun.Decisions, .. decisions],
            [.. begun.Removals, .. going.Select(backup => (IReadOnlyList<SavedBackup>)[backup])],
            []);
    }

    private static bool IsStranger(SavedBackup backup) => backup.InstanceId is null || backup.Kind is null;

    // Backups whose removal a stopped command has begun, and those that cannot be whole again. Only the catalog has to
    // know of one whose files are all gone.
    private static RetentionPlan EndRemovals(IEnumerable<SavedBackup> begun, Func<BackupFile, bool> isGiven)
    {
        var newestFirst = begun
            .Where(backup => backup.Files.Any(isGiven)
                || backup.Files.All(file => file.State == FilePresence.Missing))
            .OrderBy(backup => backup, BackupOrder.OldestFirst).Reverse().ToList();
        return new RetentionPlan(
            [.. newestFirst.Select(backup => new BackupDecision(backup, false, ["its removal was begun"]))],
            [.. newestFirst.Select(backup => (IReadOnlyList<SavedBackup>)[backup])],
            []);
    }
}
