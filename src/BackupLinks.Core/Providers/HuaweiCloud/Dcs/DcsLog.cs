using System;
using BackupLinks.Discovery;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// A run log of a DCS (Redis) instance that was collected for download. Source: Huawei Cloud DCS API reference,
/// "Querying Redis Run Logs" (<c>ListRedislog</c>). A property that the response lacks is null.
/// </summary>
public sealed class DcsLog : HuaweiCloudLog, ILog
{
    private const string Succeeded = "succeed";

    internal DcsLog(DcsLogItem item, HuaweiScope place, InstanceReference instance)
        : base(place)
    {
        InstanceId = instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        LogId = item.Id!;
        Name = WireValue.Text(item.FileName);
        ShardName = WireValue.Text(item.GroupName);
        ReplicaIp = WireValue.Text(item.ReplicationIp);
        Status = WireValue.Text(item.Status);
        IsDownloadable = string.Equals(Status, Succeeded, StringComparison.OrdinalIgnoreCase);
        Date = WireValue.Day(item.Time);
        TaskId = WireValue.Text(item.BackupId);
    }

    /// <summary>The DCS instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The id of the log file.</summary>
    public override string LogId { get; }

    /// <summary>The name of the file (<c>file_name</c>).</summary>
    public override string? Name { get; }

    /// <summary>The shard (<c>group_name</c>).</summary>
    public string? ShardName { get; }

    /// <summary>The address of the replica (<c>replication_ip</c>).</summary>
    public string? ReplicaIp { get; }

    /// <summary>How the collecting went, in the provider's word: <c>succeed</c>.</summary>
    public override string? Status { get; }

    /// <summary>True for a log that a link can be had for: <c>succeed</c>.</summary>
    public override bool IsDownloadable { get; }

    /// <summary>The day that it is of, at midnight and without a zone, which the provider does not name.</summary>
    public override DateTime? Date { get; }

    /// <summary>The background task that collected it (<c>backup_id</c>).</summary>
    public string? TaskId { get; }

    /// <summary>The kind of log: <c>Run</c>.</summary>
    public override string Kind => nameof(LogKind.Run);

    DateTimeOffset? ILog.Time => null;

    (string? Shard, string? Node) ILog.Part => (ShardName, ReplicaIp);

    /// <summary>The name, else the id.</summary>
    public override string ToString() => Name ?? LogId;
}
