using System;
using System.Linq;
using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A backup of a database service of Tencent Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class TencentCloudBackup : CloudBackup, IBackup, IObstructed
{
    internal const string SnapshotObstacle = "it is a snapshot, which has no file";
    internal const string AddressObstacle = "the list has no address of it, as of a snapshot";

    private readonly bool _hasFailed;

    private protected TencentCloudBackup(TencentBackupFields fields, InstanceReference instance, string? region)
    {
        InstanceId = instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        Region = fields.Region ?? region;
        BackupId = fields.Id;
        Name = fields.Name;
        Type = fields.Type;
        Mode = fields.Mode;
        Method = fields.Method;
        Status = fields.Status;
        IsDownloadable = fields.IsGood;
        LinkObstacle = fields.IsGood ? null : fields.Obstacle;
        _hasFailed = fields.HasFailed;
        Size = fields.Size;
        StartTime = fields.Start;
        EndTime = fields.End;
        BackupTime = fields.Start ?? fields.End;
        ExpireTime = fields.Expiry;
        IsEncrypted = fields.IsEncrypted;
    }

    /// <summary>The instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The region of the backup, else that of the request.</summary>
    public string? Region { get; }

    /// <summary>The id of the backup.</summary>
    public override string BackupId { get; }

    /// <summary>The name.</summary>
    public string? Name { get; }

    /// <summary>The extent in the provider's word: <c>full</c>.</summary>
    public override string? Type { get; }

    /// <summary>The starter, a person or the schedule: <c>manual</c>, <c>automatic</c>.</summary>
    public string? Mode { get; }

    /// <summary>How it was made: <c>physical</c>, <c>logical</c>.</summary>
    public string? Method { get; }

    /// <summary>The state: a word of the provider, or the meaning of its number.</summary>
    public override string? Status { get; }

    /// <summary>True for a backup that the provider returns links for.</summary>
    public override bool IsDownloadable { get; }

    /// <summary>
    /// Why a backup that is complete has no link; null for one that has links, and for one whose state says it.
    /// </summary>
    public string? LinkObstacle { get; }

    /// <summary>The size in bytes, to the precision that the provider gives.</summary>
    public override long? Size { get; }

    /// <summary>The start.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>The end; null while the backup is not finished.</summary>
    public override DateTimeOffset? EndTime { get; }

    /// <summary>The time that backups are chosen by, and that their age counts from: the start.</summary>
    public override DateTimeOffset? BackupTime { get; }

    /// <summary>When the provider deletes it.</summary>
    public DateTimeOffset? ExpireTime { get; }

    /// <summary>
    /// True for an encrypted backup, which needs its key for a restore. The provider's API has the key.
    /// </summary>
    public bool IsEncrypted { get; }

    bool IBackup.HasFailed => _hasFailed;

    string? IBackup.Engine => null;

    string? IBackup.Part => null;

    /// <summary>The id.</summary>
    public override string ToString() => BackupId;

    bool IBackup.IsOfType(string word) => new[] { Type, Mode, Method }.Contains(word, StringComparer.OrdinalIgnoreCase);
}
