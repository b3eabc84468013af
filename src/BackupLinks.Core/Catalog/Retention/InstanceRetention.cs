using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Formats;

namespace BackupLinks.Catalog.Retention;

/// <summary>Decides about the backups of one instance, or of one part that is backed up by itself.</summary>
internal sealed class InstanceRetention
{
    /// <summary>Why a backup stays of which some files were given, and others were not.</summary>
    public const string IsPart = "not all of its files were given";

    private readonly IReadOnlyList<SavedBackup> _backups;
    private readonly Func<BackupFile, bool> _isGiven;
    private readonly RetentionSettings _settings;
    private readonly IReadOnlyList<BackupChain> _chains;
    private readonly IReadOnlyList<SavedBackup> _orphans;
    private readonly SavedBackup? _newestIntact;
    // Reasons of a backup itself, and not of one that needs it or that it hangs on.
    private readonly Dictionary<SavedBackup, List<string>> _reasons = [];

    /// <summary>Decides.</summary>
    /// <param name="backups">All backups of the instance that the catalogs know.</param>
    /// <param name="isGiven">True for a file that may be removed.</param>
    /// <param name="settings">The rules, and the time.</param>
    public InstanceRetention(
        IEnumerable<SavedBackup> backups, Func<BackupFile, bool> isGiven, RetentionSettings settings)
    {
        _backups = [.. backups.OrderBy(backup => backup, BackupOrder.OldestFirst)];
        _isGiven = isGiven;
        _settings = settings;
        _chains = BackupChain.Build(_backups, out _orphans);
        _newestIntact = _chains.SelectMany(chain => chain.FindIntact())
            .OrderBy(backup => backup, BackupOrder.OldestFirst).LastOrDefault();
        ApplyRules();
        Protect();
    }

    /// <summary>Incremental backups and logs whose full backup is not there.</summary>
    public IEnumerable<SavedBackup> WithoutFull => _orphans.Concat(
        _chains.Where(chain => IsAbsent(chain.Full)).SelectMany(chain => chain.Dependants).Where(IsOnDisk));

    /// <summary>The chains that go, oldest first.</summary>
    public IEnumerable<BackupChain> Removals => _chains.Where(chain => !IsKept(chain));

    /// <summary>The decisions about the backups that were given, oldest first.</summary>
    public IEnumerable<BackupDecision> Decisions
    {
        get
        {
            var decisions = _orphans.Select(orphan => new BackupDecision(orphan, true, _reasons[orphan]))
                .Concat(_chains.SelectMany(Decide)).ToDictionary(decision => decision.Backup);
            return _backups.Where(backup => backup.Files.Any(_isGiven)).Select(backup => decisions[backup]);
        }
    }

    private void ApplyRules()
    {
        // Only backups of the input have a place: to the rules, the input is all there is.
        var counted = _backups.Reverse().Where(backup => BackupChain.IsFull(backup) && backup.IsGood && IsGiven(backup))
            .GroupBy(backup => _settings.ByType ? backup.Type : null);
        foreach (var group in counted)
            RuleEvaluation.Apply([.. group], _settings, AddReason);
    }

    private void Protect()
    {
        if (_newestIntact is not null)
            AddReason(_newestIntact, "the newest that tested Intact");
        else if (_backups.LastOrDefault(backup => BackupChain.IsFull(backup) && backup.IsGood) is { } newest)
            AddReason(newest, "the newest full that is not known to be bad");
        foreach (var backup in _backups)
        {
            if (!backup.IsGood && !IsOlderThanIntact(backup))
                AddReason(backup, $"{GetTrouble(backup)}, and no newer one tested Intact");
            if (!IsGiven(backup))
                AddReason(backup, IsPart);
            if (backup.Files.Any(IsUnreadable))
                AddReason(backup, "a file of it cannot be read");
            if (_settings.IsGone?.Invoke(backup) == true)
                AddReason(backup, "its instance is gone");
        }

        foreach (var orphan in _orphans)
            AddReason(orphan, "no full backup is before it");
        foreach (var chain in _chains.Where(chain => IsAbsent(chain.Full)))
        {
            foreach (var dependant in chain.Dependants.Where(IsOnDisk))
                AddReason(dependant, $"its full backup {chain.Full.Id} is Missing");
        }
    }

    private bool IsKept(BackupChain chain) => chain.NewestFirst.Any(_reasons.ContainsKey);

    private IEnumerable<BackupDecision> Decide(BackupChain chain) =>
        IsKept(chain) ? Keep(chain) : chain.NewestFirst.Select(backup =>
            new BackupDecision(backup, false, [GetReasonToGo(chain, backup)]));

    private IEnumerable<BackupDecision> Keep(BackupChain chain)
    {
        // A restore of an incremental backup or a log needs the full one, and every incremental one between. The newest
        // that stays stands for all.
        SavedBackup? newest = null;
        foreach (var backup in chain.NewestFirst)
        {
            var reasons = new List<string>(_reasons.TryGetValue(backup, out var own) ? own : []);
            if (newest is not null && backup.Kind != BackupKind.Log)
                reasons.Add($"needed by {newest.Id}");
            if (backup != chain.Full)
                reasons.Add($"hangs on {chain.Full.Id}");
            if (own is not null)
                newest ??= backup;
            yield return new BackupDecision(backup, true, reasons);
        }
    }

    private string GetReasonToGo(BackupChain chain, SavedBackup backup) =>
        backup != chain.Full ? $"hangs on {chain.Full.Id}"
        : backup.IsGood ? "no rule keeps it"
        : $"{GetTrouble(backup)}, and {_newestIntact!.Id} is newer and tested Intact";

    private bool IsOlderThanIntact(SavedBackup backup) =>
        _newestIntact is not null && BackupOrder.OldestFirst.Compare(backup, _newestIntact) < 0;

    private bool IsGiven(SavedBackup backup) => backup.Files.All(_isGiven);

    private void AddReason(SavedBackup backup, string reason)
    {
        if (!_reasons.TryGetValue(backup, out var reasons))
            _reasons.Add(backup, reasons = []);
        reasons.Add(reason);
    }

    private static bool IsAbsent(SavedBackup backup) => !IsOnDisk(backup);

    private static bool IsOnDisk(SavedBackup backup) =>
        backup.Files.Any(file => file.State != FilePresence.Missing);

    private static bool IsUnreadable(BackupFile file) => file.State == FilePresence.Unreadable;

    private static string GetTrouble(SavedBackup backup) =>
        backup.Lost.Count > 0 ? FilePresence.Missing
        : backup.Files.Any(IsUnreadable) ? FilePresence.Unreadable
        : backup.Files.Any(file => file.State == FilePresence.Changed) ? FilePresence.Changed
        : backup.Files.Select(file => file.TestState).FirstOrDefault(BackupFileState.IsProblem)
        ?? "incomplete";
}
