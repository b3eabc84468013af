using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// A backup of a DCS (Redis) instance. Source: Huawei Cloud DCS API reference, "Querying DCS Instance Backups"
/// (<c>ListBackupRecords</c>). A property that the response lacks is null.
/// </summary>
public sealed class DcsBackup : HuaweiCloudBackup, IBackup
{
    private const string Succeeded = "succeed";

    internal DcsBackup(DcsBackupItem item, HuaweiScope place, InstanceReference instance)
        : base(place)
    {
        InstanceId = WireValue.Text(item.InstanceId) ?? instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        BackupId = item.BackupId!;
        Name = WireValue.Text(item.BackupName);
        Type = WireValue.Text(item.BackupType);
        Format = WireValue.Text(item.BackupFormat);
        Status = WireValue.Text(item.Status);
        IsDownloadable = string.Equals(Status, Succeeded, StringComparison.OrdinalIgnoreCase);
        Progress = WireValue.Number(item.Progress);
        ErrorCode = WireValue.Text(item.ErrorCode);
        Description = WireValue.Text(item.Remark);
        IsRestorable = WireValue.Boolean(item.IsSupportRestore);
        Size = WireValue.Bytes(item.Size);
        CreatedAt = WireTime.Parse(item.CreatedAt, TimeSpan.Zero);
        UpdatedAt = WireTime.Parse(item.UpdatedAt, TimeSpan.Zero);
        ExecutedAt = WireTime.Parse(item.ExecutionAt, TimeSpan.Zero);
        BackupTime = CreatedAt ?? ExecutedAt;
    }

    /// <summary>The DCS instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The id of the backup record.</summary>
    public override string BackupId { get; }

    /// <summary>The name.</summary>
    public string? Name { get; }

    /// <summary>The cause of the backup: <c>manual</c> or <c>auto</c>.</summary>
    public override string? Type { get; }

    /// <summary>The format of its files: <c>rdb</c> or <c>aof</c>.</summary>
    public string? Format { get; }

    /// <summary>
    /// The state in the provider's word: <c>waiting</c>, <c>backuping</c>, <c>succeed</c>, <c>failed</c>,
    /// <c>expired</c>, <c>deleted</c>.
    /// </summary>
    public override string? Status { get; }

    /// <summary>True for a backup that links can be had for: <c>succeed</c>.</summary>
    public override bool IsDownloadable { get; }

    /// <summary>The size in bytes.</summary>
    public override long? Size { get; }

    /// <summary>How much of it is done, in percent, 0 to 100.</summary>
    public double? Progress { get; }

    /// <summary>Why it failed, in the provider's code (<c>dcs.08.0001</c>); null for no error.</summary>
    public string? ErrorCode { get; }

    /// <summary>The description that a user wrote.</summary>
    public string? Description { get; }

    /// <summary>True when an instance can be restored from it.</summary>
    public bool? IsRestorable { get; }

    /// <summary>When it was requested.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When its record changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; }

    /// <summary>When it was begun; null when it was not, or the response does not say.</summary>
    public DateTimeOffset? ExecutedAt { get; }

    /// <summary>
    /// The time that backups are chosen by, and that their age counts from: <see cref="CreatedAt"/>, else
    /// <see cref="ExecutedAt"/>; null when the response says neither.
    /// </summary>
    public override DateTimeOffset? BackupTime { get; }

    /// <summary>When it ended: <see cref="UpdatedAt"/> of one that succeeded; null for others.</summary>
    public override DateTimeOffset? EndTime => IsDownloadable ? UpdatedAt : null;

    bool IBackup.HasFailed => string.Equals(Status, "failed", StringComparison.OrdinalIgnoreCase);

    string? IBackup.Engine => null;

    string? IBackup.Part => null;

    /// <summary>The name, else the id.</summary>
    public override string ToString() => Name ?? BackupId;

    bool IBackup.IsOfType(string word) => string.Equals(Type, word, StringComparison.OrdinalIgnoreCase);
}
