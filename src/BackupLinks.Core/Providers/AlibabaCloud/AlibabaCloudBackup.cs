using System;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// A backup of a database service of Alibaba Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class AlibabaCloudBackup : CloudBackup, IBackup, IObstructed
{
    /// <summary>Why a snapshot has no links.</summary>
    internal const string SnapshotObstacle =
        "it is a snapshot, which has no file; create one with the advanced download of Alibaba Cloud's console";

    /// <summary>Why a backup or a log without an address has no links.</summary>
    internal const string AddressObstacle =
        "the list has no address for it, as for a key without the permission to download backups";

    /// <summary>Why a backup that is not available has no links.</summary>
    internal const string IncompleteObstacle = "the provider says that the backup set is not complete";

    private readonly bool _isAvailable;

    private protected AlibabaCloudBackup(AlibabaBackupItem item, InstanceReference instance, string? region)
    {
        InstanceId = instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        Region = region;
        BackupId = item.BackupId!;
        Type = WireValue.Text(item.BackupType);
        Mode = WireValue.Text(item.BackupMode);
        Method = WireValue.Text(item.BackupMethod);
        Status = WireValue.Text(item.BackupStatus);
        _isAvailable = item.IsAvailable;
        IsDownloadable = IsComplete && _isAvailable && AlibabaFile.Of(item).Any(file => file.HasAddress);
        Size = WireValue.Bytes(item.BackupSize ?? item.BackupSetSize);
        StartTime = WireTime.Parse(item.BackupStartTime, TimeSpan.Zero);
        EndTime = WireTime.Parse(item.BackupEndTime, TimeSpan.Zero);
        BackupTime = StartTime ?? EndTime;
        ExpireTime = WireTime.Parse(item.ExpectExpireTime ?? item.BackupExpireTime, TimeSpan.Zero);
        NodeId = item.NodeId;
        EngineVersion = WireValue.Text(item.EngineVersion);
    }

    /// <summary>The instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The region of the request; null when only an endpoint was given.</summary>
    public string? Region { get; }

    /// <summary>The id of the backup.</summary>
    public override string BackupId { get; }

    /// <summary>The kind of backup in the provider's word: <c>FullBackup</c>, <c>IncrementalBackup</c>.</summary>
    public override string? Type { get; }

    /// <summary>The starter, a person or the schedule: <c>Manual</c>, <c>Automated</c>.</summary>
    public string? Mode { get; }

    /// <summary>How it was made: <c>Physical</c>, <c>Logical</c>, <c>Snapshot</c>.</summary>
    public string? Method { get; }

    /// <summary>The state in the provider's word: <c>Success</c>, <c>Failed</c>; <c>OK</c> of a cluster.</summary>
    public override string? Status { get; }

    /// <summary>
    /// True for a backup that is complete, available, and has an address. The provider has none for snapshots, nor for
    /// a key without the permission to download backups.
    /// </summary>
    public override bool IsDownloadable { get; }

    /// <summary>
    /// Why a backup that is complete has no link; null for one that has links, and for one whose state says it.
    /// </summary>
    public string? LinkObstacle => IsDownloadable || !IsComplete
        ? null
        : !_isAvailable ? IncompleteObstacle
        : IsSnapshot ? SnapshotObstacle
        : AddressObstacle;

    /// <summary>The size in bytes.</summary>
    public override long? Size { get; }

    /// <summary>The start.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>The end; null while the backup is not finished.</summary>
    public override DateTimeOffset? EndTime { get; }

    /// <summary>The time that backups are chosen by, and that their age counts from: the start.</summary>
    public override DateTimeOffset? BackupTime { get; }

    /// <summary>When the provider deletes it.</summary>
    public DateTimeOffset? ExpireTime { get; }

    /// <summary>The node, shard or host that it is of.</summary>
    public string? NodeId { get; }

    /// <summary>The version of the engine.</summary>
    public string? EngineVersion { get; }

    bool IBackup.HasFailed => VendorWords.Same(Status, "Failed") || VendorWords.Same(Status, "ERROR");

    private bool IsComplete => VendorWords.Same(Status, "Success") || VendorWords.Same(Status, "OK");

    /// <summary>True for a backup that is not a file.</summary>
    private protected virtual bool IsSnapshot => VendorWords.Same(Method, "Snapshot");

    string? IBackup.Name => Name;

    string? IBackup.Engine => EngineName;

    string? IBackup.Part => Part;

    /// <inheritdoc cref="IBackup.Name"/>
    private protected virtual string? Name => null;

    /// <inheritdoc cref="IBackup.Engine"/>
    private protected virtual string? EngineName => null;

    /// <inheritdoc cref="IBackup.Part"/>
    private protected virtual string? Part => null;

    /// <summary>The id.</summary>
    public override string ToString() => BackupId;

    bool IBackup.IsOfType(string word) =>
        VendorWords.Same(Type, word) || VendorWords.Same(Mode, word) || VendorWords.Same(Method, word);
}
