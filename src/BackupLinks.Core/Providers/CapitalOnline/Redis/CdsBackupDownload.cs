using System;
using BackupLinks.Links;
using BackupLinks.Time;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>
/// A Redis backup of Capital Online, with both of its addresses. Source: Capital Online OpenAPI,
/// "DownloadBackup". The API gives neither a file name (it is taken from the address) nor an end of life.
/// </summary>
public sealed class CdsBackupDownload : DownloadLink
{
    // The API's times name no zone; the provider's own is UTC+8.
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    internal CdsBackupDownload(LinkFields file, LinkOrigin origin, string instanceId, string backupId, CdsNetwork network, CdsDownloadData data, string? taskId)
        : base(file, origin)
    {
        InstanceId = instanceId;
        BackupId = backupId;
        Network = network.ToString();
        PublicUri = PresignedUri.TryParse(data.BackupDownloadUrl, out var publicUri) ? publicUri : null;
        IntranetUri = PresignedUri.TryParse(data.BackupIntranetDownloadUrl, out var intranetUri) ? intranetUri : null;
        ShardId = NullIfEmpty(data.ShardId);
        Status = NullIfEmpty(data.Status);
        BackupType = NullIfEmpty(data.BackupType);
        BackupMode = NullIfEmpty(data.BackupMode);
        BackupStrategy = NullIfEmpty(data.BackupStrategy);
        TaskId = NullIfEmpty(taskId);
        Description = NullIfEmpty(data.Desc);
        StartTime = WireTime.Parse(data.StartTime, Zone);
        EndTime = WireTime.Parse(data.EndTime, Zone);
    }

    /// <summary>The Redis instance (<c>InstanceUuid</c>).</summary>
    public string InstanceId { get; }

    /// <summary>The backup.</summary>
    public string BackupId { get; }

    /// <summary>Which of the two addresses <see cref="DownloadLink.Uri"/> is: a member of <see cref="CdsNetwork"/>, as a word.</summary>
    public string Network { get; }

    /// <summary>The address on the internet, a bearer secret like <see cref="DownloadLink.Uri"/>; null when there is none.</summary>
    public Uri? PublicUri { get; }

    /// <summary>The address inside the provider's network, a bearer secret, too; null when there is none.</summary>
    public Uri? IntranetUri { get; }

    /// <summary>The shard of a cluster instance; null for other instances.</summary>
    public string? ShardId { get; }

    /// <summary>The backup's state in the provider's word: <c>finished</c>.</summary>
    public string? Status { get; }

    /// <summary>The kind of backup in the provider's word: <c>full-backup</c>.</summary>
    public string? BackupType { get; }

    /// <summary>Who started the backup: <c>manual</c> or <c>auto</c>.</summary>
    public string? BackupMode { get; }

    /// <summary>What was backed up, <c>instance</c> or <c>db</c>; null when the answer does not say.</summary>
    public string? BackupStrategy { get; }

    /// <summary>The provider's task; null for none, which is usual.</summary>
    public string? TaskId { get; }

    /// <summary>The text that somebody gave a manual backup; null for none.</summary>
    public string? Description { get; }

    /// <summary>When the backup began; null when the answer does not say.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>When the backup ended; null when the answer does not say.</summary>
    public DateTimeOffset? EndTime { get; }

    internal override bool IsIntranet => Network == nameof(CdsNetwork.Intranet);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
