using System;

namespace BackupLinks.Catalog.Status;

/// <summary>
/// Whether an instance has a good backup. Null means that neither the catalog nor the cloud states it.
/// </summary>
public sealed class InstanceStatus
{
    internal InstanceStatus(string instanceId) => InstanceId = instanceId;

    /// <summary>The worst of what is true of it: a word of <see cref="InstanceState"/>.</summary>
    public string State { get; internal init; } = InstanceState.Ok;

    /// <summary>All that is wrong, the worst first, each in one sentence.</summary>
    public string[] Problems { get; internal init; } = [];

    /// <summary>The key of the cloud: <c>HuaweiCloud</c>.</summary>
    public string? Cloud { get; internal init; }

    /// <summary>The key of the service: <c>HuaweiCloud.Rds</c>.</summary>
    public string? Service { get; internal init; }

    /// <summary>The region.</summary>
    public string? Region { get; internal init; }

    /// <summary>The instance.</summary>
    public string InstanceId { get; }

    /// <summary>The name of the instance.</summary>
    public string? InstanceName { get; internal init; }

    /// <summary>The database engine.</summary>
    public string? Engine { get; internal init; }

    /// <summary>When the newest good backup that is saved was begun.</summary>
    public DateTimeOffset? LastBackupTime { get; internal init; }

    /// <summary>The id of that backup.</summary>
    public string? LastBackupId { get; internal init; }

    /// <summary>When its last file was saved.</summary>
    public DateTimeOffset? LastSavedAt { get; internal init; }

    /// <summary>The age of that backup, from its begin, by the clock of the service.</summary>
    public TimeSpan? Age { get; internal init; }

    /// <summary>Its size in bytes.</summary>
    public long? Size { get; internal init; }

    /// <summary>
    /// The median size of up to seven whole ones of its kind before it, in bytes; null with fewer than three.
    /// </summary>
    public long? MedianSize { get; internal init; }

    /// <summary>When its last file was tested.</summary>
    public DateTimeOffset? LastTestedAt { get; internal init; }

    /// <summary>The cloud's part of the state: a word of <see cref="InstanceState"/>.</summary>
    public string CloudState { get; internal init; } = InstanceState.NotAsked;

    /// <summary>
    /// When the newest backup in the cloud that can be downloaded was begun; the last known where unreachable.
    /// </summary>
    public DateTimeOffset? LastCloudBackupTime { get; internal init; }

    /// <summary>Since when the list of its service no longer has it.</summary>
    public DateTimeOffset? GoneSince { get; internal init; }

    /// <summary>The saved backups, and the failed ones in the cloud, the newest first.</summary>
    public InstanceBackup[] Backups { get; internal init; } = [];

    /// <summary>The name, else the id, with the state.</summary>
    public override string ToString() => $"{InstanceName ?? InstanceId}: {State}";
}
