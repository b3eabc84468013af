using System;
using System.Collections.Generic;

namespace BackupLinks.Catalog.Retention;

/// <summary>Which of the backups of one group the rules keep.</summary>
internal static class RuleEvaluation
{
    /// <summary>Applies all rules.</summary>
    /// <param name="backups">The backups that count, newest first.</param>
    /// <param name="settings">The rules, and the time.</param>
    /// <param name="keep">Takes each backup that a rule keeps, with the name of the rule.</param>
    public static void Apply(
        IReadOnlyList<SavedBackup> backups, RetentionSettings settings, Action<SavedBackup, string> keep)
    {
        foreach (var rule in settings.Rules.Rules)
            Apply(rule, backups, settings, keep);
    }

    private static void Apply(
        RetentionRule rule,
        IReadOnlyList<SavedBackup> backups,
        RetentionSettings settings,
        Action<SavedBackup, string> keep)
    {
        var start = GetStart(rule, backups, settings);
        var periods = new HashSet<long>();
        int places = rule.Count ?? int.MaxValue;
        for (int index = 0; index < backups.Count && places > 0; index++)
        {
            var backup = backups[index];
            if (backup.Time <= start)
                return;
            // A rule that has places left has the oldest, too: restic keeps as long a history as it can.
            bool isFirst = rule.Period == RetentionPeriod.None
                || periods.Add(rule.GetPeriod(TimeZoneInfo.ConvertTime(backup.Time, settings.Zone).DateTime));
            if (!isFirst && index < backups.Count - 1)
                continue;
            keep(backup, isFirst ? rule.Name : $"oldest {rule.Name}");
            places--;
        }
    }

    // A duration goes back from the newest backup, so that nothing goes where backups have stopped. One of the future
    // would have all others go.
    private static DateTimeOffset? GetStart(
        RetentionRule rule, IReadOnlyList<SavedBackup> backups, RetentionSettings settings)
    {
        foreach (var backup in backups)
        {
            if (backup.Time <= settings.Now)
                return rule.Within?.Before(backup.Time, settings.Zone);
        }

        return null;
    }
}
