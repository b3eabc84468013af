using System;
using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A log of a database service of Tencent Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class TencentCloudLog : CloudLog, ILog, IObstructed
{
    private protected TencentCloudLog(
        TencentLogId id, TencentLogItem item, InstanceReference instance, string? region)
    {
        InstanceId = instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        Region = region;
        LogId = id.ToString();
        Name = WireValue.Text(item.Name) ?? WireValue.Text(item.FileName) ?? id.Name;
        Kind = id.Kind.ToString();
        Status = WireValue.Text(item.Status) ?? WireValue.Text(item.State);
        Size = WireValue.Bytes(item.Size ?? item.FileSize);
        StartTime = TencentTime.Parse(item.BinlogStartTime ?? item.StartTime);
        EndTime = TencentTime.Parse(item.BinlogFinishTime ?? item.FinishTime ?? item.EndTime);
        Date = StartTime?.DateTime.Date ?? WireValue.Day(item.Date);
        IsDownloadable = TencentDatabaseService.HasFile(item);
        LinkObstacle = IsDownloadable || !TencentDatabaseService.IsWhole(item) ? null : "the list has no address of it";
    }

    /// <summary>The instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The region of the request; null when only an endpoint was given.</summary>
    public string? Region { get; }

    /// <summary>The kind and the name: <c>binlog/mysql-bin.000123</c>.</summary>
    public override string LogId { get; }

    /// <summary>The name of the file.</summary>
    public override string? Name { get; }

    /// <summary>The kind of log.</summary>
    public override string Kind { get; }

    /// <summary>The state in the provider's word: <c>SUCCESS</c>.</summary>
    public override string? Status { get; }

    /// <summary>True for a log that the provider returns a link for.</summary>
    public override bool IsDownloadable { get; }

    /// <summary>Why a whole log has no link; null for one that has, and for one whose state says it.</summary>
    public string? LinkObstacle { get; }

    /// <summary>The size in bytes.</summary>
    public override long? Size { get; }

    /// <summary>The time of its first entry.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>The time of its last entry.</summary>
    public DateTimeOffset? EndTime { get; }

    /// <summary>The day of its first entry, in Beijing, at midnight and without a zone.</summary>
    public override DateTime? Date { get; }

    DateTimeOffset? ILog.Time => StartTime;

    // The newest of each kind.
    (string? Shard, string? Node) ILog.Part => (Kind, null);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? LogId;
}
