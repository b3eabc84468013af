using System;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>
/// A log of an instance of one of Huawei Cloud's database services. Null means that the list does not say. The services
/// list only some logs; an error log or a slow log is exported when its link is requested.
/// </summary>
public abstract class DatabaseLog : HuaweiCloudLog, ILog
{
    // The zone of the API's own samples, for a time that names none.
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private protected DatabaseLog(
        DatabaseLogId id, DatabaseLogItem item, HuaweiScope scope, InstanceReference instance, long? size)
        : base(scope)
    {
        InstanceId = instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        LogId = id.ToString();
        Kind = id.LogKind.ToString();
        Name = WireValue.Text(item.Name) ?? WireValue.Text(item.FileName) ?? LogId;
        NodeId = WireValue.Text(item.NodeId);
        Status = WireValue.Text(item.Status);
        Size = size;
        StartTime = WireTime.Parse(item.BeginTime ?? item.StartTime ?? item.CreateTime, Zone);
        EndTime = WireTime.Parse(item.EndTime, Zone);
        Date = StartTime?.DateTime.Date;
        IsDownloadable = !item.IsFailed && !VendorWords.Same(Status, "Disable");
    }

    /// <summary>The instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The kind and the id, node or file: <c>error</c>, <c>audit/10190012aae94b38</c>.</summary>
    public override string LogId { get; }

    /// <summary>The kind of log.</summary>
    public override string Kind { get; }

    /// <summary>The name of the file, else <see cref="LogId"/>.</summary>
    public override string? Name { get; }

    /// <summary>The node; null for a log of the whole instance.</summary>
    public string? NodeId { get; }

    /// <summary>The state in the provider's word.</summary>
    public override string? Status { get; }

    /// <summary>True for a log that the provider returns a link for, or makes one.</summary>
    public override bool IsDownloadable { get; }

    /// <summary>The size in bytes, to the precision that the list has.</summary>
    public override long? Size { get; }

    /// <summary>The time of its first entry.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>The time of its last entry.</summary>
    public DateTimeOffset? EndTime { get; }

    /// <summary>The day of its first entry, at midnight and without a zone.</summary>
    public override DateTime? Date { get; }

    DateTimeOffset? ILog.Time => StartTime;

    // The newest of each kind and node.
    (string? Shard, string? Node) ILog.Part => (Kind, NodeId);

    /// <summary>The name, else the id.</summary>
    public override string ToString() => Name ?? LogId;
}
