using System;
using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// A log file of a database service of Alibaba Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class AlibabaCloudLog : CloudLog, ILog, IObstructed
{
    private protected AlibabaCloudLog(AlibabaLogItem item, InstanceReference instance, string? region)
    {
        InstanceId = instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        Region = region;
        LogId = AlibabaLogId.Of(item)!;
        Kind = item.Action!.Kind.ToString();
        Name = item.Name ?? item.Key;
        NodeId = item.NodeId;
        Status = item.Status;
        IsDownloadable = item.HasAddress && !item.IsUnfinished;
        LinkObstacle = item.HasAddress || item.IsUnfinished ? null : AlibabaCloudBackup.AddressObstacle;
        Size = item.Size;
        StartTime = item.StartTime;
        EndTime = item.EndTime;
        Date = StartTime?.UtcDateTime.Date;
    }

    /// <summary>The instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The region of the request; null when only an endpoint was given.</summary>
    public string? Region { get; }

    /// <summary>
    /// The list that it is in, the time of its first entry, the node, and the name or id of the file:
    /// <c>binlog/2024-01-15T00:00:00Z/5422964/mysql-bin.000217</c>.
    /// </summary>
    public override string LogId { get; }

    /// <summary>The kind of log: <c>Binlog</c>, which restores to a point in time; <c>Audit</c>.</summary>
    public override string Kind { get; }

    /// <summary>The name of the file.</summary>
    public override string? Name { get; }

    /// <summary>The node, shard or host that wrote it.</summary>
    public string? NodeId { get; }

    /// <summary>The state in the provider's word: <c>Completed</c>, <c>Uploading</c>.</summary>
    public override string? Status { get; }

    /// <summary>
    /// True for a log that is complete and has an address. The provider has none for a key without the permission to
    /// download backups.
    /// </summary>
    public override bool IsDownloadable { get; }

    /// <summary>
    /// Why a log that is complete has no link; null for one that has a link, and for one whose state says it.
    /// </summary>
    public string? LinkObstacle { get; }

    /// <summary>The size in bytes.</summary>
    public override long? Size { get; }

    /// <summary>The time of its first entry.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>The time of its last entry.</summary>
    public DateTimeOffset? EndTime { get; }

    /// <summary>The day of its first entry in UTC, at midnight and without a zone.</summary>
    public override DateTime? Date { get; }

    DateTimeOffset? ILog.Time => StartTime;

    // The newest of each kind and node.
    (string? Shard, string? Node) ILog.Part => (Kind, NodeId);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? LogId;
}
