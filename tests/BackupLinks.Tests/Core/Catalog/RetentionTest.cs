using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Plans of retention, in UTC unless a test says otherwise.</summary>
public abstract class RetentionTest
{
    private protected static readonly DateTimeOffset FarLater = SavedFile.Parse("2100-01-01");

    /// <summary>Rules as they are written: <c>KeepDaily 7, KeepWithin 1m</c>.</summary>
    private protected static RetentionRules Rules(string text) => RetentionRules.Parse(
        text.Split(", ").Select(rule => rule.Split(' ', 2)).ToDictionary(rule => rule[0], rule => rule[1]));

    private protected static RetentionPlan Plan(string rules, params SavedFile[] files) =>
        Plan(new RetentionSettings(Rules(rules), FarLater, TimeZoneInfo.Utc), files);

    private protected static RetentionPlan Plan(
        RetentionSettings settings, IEnumerable<SavedFile> files, Func<BackupFile, bool>? isGiven = null) =>
        RetentionPlan.Create(
            SavedBackup.Group(files.Select(file => file.ToFile())), isGiven ?? (_ => true), settings);

    private protected static string[] Kept(RetentionPlan plan) =>
        [.. plan.Decisions.Where(decision => decision.Keep).Select(decision => decision.Backup.Id)];

    private protected static string[] Removed(RetentionPlan plan) =>
        [.. plan.Removals.SelectMany(removal => removal).Select(backup => backup.Id)];

    private protected static string Reasons(RetentionPlan plan, string id) =>
        string.Join(", ", plan.Decisions.Single(decision => decision.Backup.Id == id).Reasons);
}
