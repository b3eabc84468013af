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
    /// The parts of the instance that are backed up each by itself, of which null is all of it; null where the cloud
    /// did not say.
    /// </summary>
    public IReadOnlyList<string?>? Parts { get; init; }

    /// <summary>The backups that failed.</summary>
    public IReadOnlyList<CloudFailure> Failures { get; init; } = [];

    /// <summary>The cloud did not say.</summary>
    /// <param name="problem">Why, as a sentence.</param>
    /// <param name="lastKnown">When the newest good backup was begun, as it was known before; null for unknown.</param>
    public static CloudFindings Unreachable(string problem, DateTimeOffset? lastKnown) =>
        new() { Problem = problem, NewestGood = lastKnown };

    /// <summary>The findings of a whole list of backups.</summary>
    public static CloudFindings Of(IEnumerable<IBackup> backups)
    {
        // Each shard of a cluster must have a backup.
        var parts = backups.GroupBy(backup => backup.Part)
            .Select(part => (
                part.Key, All: part.ToArray(), Good: part.Where(backup => backup.IsDownloadable).ToArray()))
            .ToArray();
        bool hasGood = parts.Length > 0 && parts.All(part => part.Good.Length > 0);
        var newest = parts.Select(part => part.Good.Max(backup => backup.BackupTime)).ToArray();
        return new CloudFindings
        {
            HasGood = hasGood,
            Parts = [.. parts.Select(part => part.Key)],
            NewestGood = hasGood && newest.All(time => time is not null) ? newest.Min() : null,
            Failures = [.. parts.SelectMany((part, index) => part.All
                .Where(backup => backup.HasFailed)
                .Select(backup => new CloudFailure(
                    backup.BackupId, backup.BackupTime, backup.Status,
                    part.Good.Length == 0 || backup.BackupTime > newest[index])))],
        };
    }
}
