using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Discovery;

/// <summary>Which backups of an instance are wanted. Members that are null or empty choose nothing.</summary>
internal sealed record BackupFilter
{
    /// <summary>The earliest time, inclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time, inclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The provider's words for states; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The provider's words for kinds of backup; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The names that are wanted; null for all.</summary>
    public NameFilter? Names { get; init; }

    /// <summary>The provider's words for engines; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>Only the newest backup that can be downloaded; one of each type where several are wanted.</summary>
    public bool Latest { get; init; }

    /// <summary>
    /// The most age that the newest backup may have, else it is an error, and so is none; null for any age.
    /// </summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>True when more than the instance narrows the list down.</summary>
    public bool IsNarrow =>
        (Since ?? Until) is not null || Statuses.Count > 0 || Types.Count > 0 || Names is not null || Engines.Count > 0;

    /// <summary>
    /// True for a backup that is wanted, but for <see cref="Latest"/>. A backup without a time is within every time:
    /// what was requested from the provider, it has sent.
    /// </summary>
    public bool IsWanted(IBackup backup) =>
        Names?.IsWanted(backup.Name) != false
        && !(backup.BackupTime < Since) && !(backup.BackupTime > Until)
        && (Statuses.Count == 0 || Statuses.Contains(backup.Status, StringComparer.OrdinalIgnoreCase))
        && (Types.Count == 0 || Types.Any(backup.IsOfType))
        && (Engines.Count == 0 || Engines.Contains(backup.Engine, StringComparer.OrdinalIgnoreCase));

    /// <summary>The backups of a list that are wanted.</summary>
    /// <param name="pager">Gets the pages.</param>
    /// <param name="instance">The instance, for messages.</param>
    /// <param name="incrementalTypes">The provider's words for backups that need an earlier one.</param>
    /// <param name="now">The time by the provider's clock.</param>
    public IListing<IBackup> Apply(
        Pager<IBackup> pager, InstanceReference instance, IReadOnlyList<string> incrementalTypes,
        Func<DateTimeOffset> now) =>
        Apply(new Listing<IBackup>(pager, IsWanted), instance, incrementalTypes, now);

    /// <summary>The list, or what of it is newest.</summary>
    /// <param name="listing">The list of backups that are wanted.</param>
    /// <param name="instance">The instance, for messages.</param>
    /// <param name="incrementalTypes">The provider's words for backups that need an earlier one.</param>
    /// <param name="now">The time by the provider's clock.</param>
    public IListing<IBackup> Apply(
        IListing<IBackup> listing, InstanceReference instance, IReadOnlyList<string> incrementalTypes,
        Func<DateTimeOffset> now) =>
        Latest ? new LatestBackups(listing, this, instance, incrementalTypes, now) : listing;
}
