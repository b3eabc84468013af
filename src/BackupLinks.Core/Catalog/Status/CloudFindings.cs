using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;

namespace BackupLinks.Catalog.Status;

/// <summary>What the cloud says of the backups of an instance.</summary>
internal sealed record CloudFindings
{
    /// <summary>Why its backups are not known, as a sentence; null when they are.</summary>
    public string? Problem { get; init; }

    /// <summary>False for an instance that the complete list of its service does not have.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>True for such an instance of a service that lists others: an empty list may be a mistake.</summary>
    public bool IsGone => !IsListed && Problem is null;

    /// <summary>True when there is a backup that can be downloaded, of every part of the instance.</summary>
    public bool HasGood { get; init; }

    /// <summary>
    /// When the newest backup that can be downloaded was begun; of several parts, that of the oldest of the newest.
    /// Null when the list does not say, or there is none.
    /// </summary>
    public DateTimeOffset? NewestGood { get; init; }

    /// <summary>
    /// The parts of the instance that backups are listed of, of which null is all of it; null where the cloud did not
    /// say.
    /// </summary>
    public IReadOnlyList<CloudPart>? Parts { get; private init; }

    /// <summary>
    /// The parts without a backup that can be downloaded, where others have one; empty where none has.
    /// </summary>
    public IReadOnlyList<string> PartsWithoutGood { get; private init; } = [];

    /// <summary>The backups that failed.</summary>
    public IReadOnlyList<CloudFailure> Failures { get; init; } = [];

    /// <summary>The cloud did not say.</summary>
    /// <param name="problem">Why, as a sentence.</param>
    /// <param name="lastKnown">When the newest good backup was begun, as it was known before; null for unknown.</param>
    public static CloudFindings Unreachable(string problem, DateTimeOffset? lastKnown) =>
        new() { Problem = problem, NewestGood = lastKnown };

    /// <summary>
    /// The findings of a whole list of backups. Those that need an earlier one for a restore do not count, as in
    /// <see cref="LatestBackups"/>.
    /// </summary>
    /// <param name="backups">The list.</param>
    /// <param name="incrementalTypes">The provider's words for backups that need an earlier one.</param>
    public static CloudFindings Of(IEnumerable<IBackup> backups, IReadOnlyList<string> incrementalTypes)
    {
        var parts = backups.Where(backup => !incrementalTypes.Any(backup.IsOfType)).GroupBy(backup => backup.Part)
            .Select(part => (
                part.Key, All: part.ToArray(), Good: part.Where(backup => backup.IsDownloadable).ToArray()))
            .Select(part => (part.All, Findings: new CloudPart(
                part.Key, part.Good.Length > 0, part.Good.Max(backup => backup.BackupTime))))
            .ToArray();
        return new CloudFindings
        {
            Parts = [.. parts.Select(part => part.Findings)],
            Failures = [.. parts.SelectMany(part => part.All
                .Where(backup => backup.HasFailed)
                .Select(backup => new CloudFailure(
                    backup.BackupId, backup.BackupTime, backup.Status,
                    !part.Findings.HasGood || backup.BackupTime > part.Findings.NewestGood)))],
        }.Expect([]);
    }

    /// <summary>
    /// The same findings, where each part that the cloud lists, and each that is known besides, must have a backup. A
    /// backup of the whole instance is one of each part.
    /// </summary>
    /// <param name="known">The parts of which backups are saved.</param>
    public CloudFindings Expect(IEnumerable<string> known)
    {
        if (Parts is null)
            return this;
        string[] names = [.. Parts.Select(part => part.Part).OfType<string>().Union(known, StringComparer.Ordinal)];
        CloudPart[] parts = names.Length == 0 ? [.. Parts] : [.. names.Select(Find)];
        bool hasGood = parts.Length > 0 && parts.All(part => part.HasGood);
        return this with
        {
            HasGood = hasGood,
            NewestGood = hasGood && parts.All(part => part.NewestGood is not null)
                ? parts.Min(part => part.NewestGood) : null,
            PartsWithoutGood = !parts.Any(part => part.HasGood) ? []
                : [.. parts.Where(part => !part.HasGood).Select(part => part.Part).OfType<string>()],
        };
    }

    private CloudPart Find(string name)
    {
        CloudPart[] own = [.. Parts!.Where(part => part.Part is null || part.Part == name)];
        return new CloudPart(name, own.Any(part => part.HasGood), own.Max(part => part.NewestGood));
    }
}
