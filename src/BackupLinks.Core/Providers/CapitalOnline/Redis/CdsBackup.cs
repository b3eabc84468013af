using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>A backup of a Redis instance of Capital Online. Source: Capital Online OpenAPI, "DescribeBackups".</summary>
public sealed class CdsBackup : IBackup
{
    // The API's times name no zone; the provider's own is UTC+8.
    internal static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    internal CdsBackup(CdsDownloadData data, InstanceReference instance)
    {
        InstanceId = WireValue.Text(data.InstanceId) ?? instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        BackupId = data.BackupId!;
        ShardId = WireValue.Text(data.ShardId);
        Type = WireValue.Text(data.BackupType);
        Mode = WireValue.Text(data.BackupMode);
        Strategy = WireValue.Text(data.BackupStrategy);
        Status = WireValue.Text(data.Status);
        IsDownloadable = Is(Status, "finished");
        Size = WireValue.Bytes(data.BackupSize);
        Description = WireValue.Text(data.Desc);
        StartTime = WireTime.Parse(data.StartTime, Zone);
        EndTime = WireTime.Parse(data.EndTime, Zone);
        CreatedAt = StartTime ?? EndTime;
        BackupTime = CreatedAt;
    }

    /// <summary>The Redis instance.</summary>
    public string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public string? InstanceName { get; }

    /// <summary>The id of the backup.</summary>
    public string BackupId { get; }

    /// <summary>The shard of a cluster instance; null for other instances, and when the answer does not say.</summary>
    public string? ShardId { get; }

    /// <summary>The kind of backup in the provider's word (<c>BackupType</c>): <c>full-backup</c>; null when the answer does not say.</summary>
    public string? Type { get; }

    /// <summary>Who started it (<c>BackupMode</c>): <c>manual</c> or <c>auto</c>; null when the answer does not say.</summary>
    public string? Mode { get; }

    /// <summary>What was backed up (<c>BackupStrategy</c>), <c>instance</c> or <c>db</c>; null when the answer does not say.</summary>
    public string? Strategy { get; }

    /// <summary>The state in the provider's word: <c>finished</c>; null when the answer does not say.</summary>
    public string? Status { get; }

    /// <summary>True for a backup that can be downloaded: <c>finished</c>.</summary>
    public bool IsDownloadable { get; }

    /// <summary>The size in bytes; null when the answer does not say.</summary>
    public long? Size { get; }

    /// <summary>The text that somebody gave a manual backup; null for none.</summary>
    public string? Description { get; }

    /// <summary>When it was begun, or, when the answer does not say that, ended: the time that backups are chosen by; null when the answer says neither.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When it was begun; null when the answer does not say.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>When it ended; null when it did not, or the answer does not say.</summary>
    public DateTimeOffset? EndTime { get; }

    /// <summary>The time that backups are chosen by, and that their age counts from: <see cref="CreatedAt"/>.</summary>
    public DateTimeOffset? BackupTime { get; }

    // The page documents "finished" alone.
    bool IBackup.HasFailed => Status?.IndexOf("fail", StringComparison.OrdinalIgnoreCase) >= 0 || Is(Status, "error");

    string? IBackup.Name => Description;

    string? IBackup.Engine => null;

    string? IBackup.Part => ShardId;

    /// <summary>The id.</summary>
    public override string ToString() => BackupId;

    bool IBackup.IsOfType(string word) => Is(Type, word) || Is(Mode, word);

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
