using System;
using BackupLinks.Discovery;
using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// A log file of a database service of Alibaba Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class AlibabaCloudLogLink : AlibabaCloudLink
{
    private protected AlibabaCloudLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item)
        : base(file, origin, request.InstanceId, request.IsIntranet)
    {
        LogId = request.LogId;
        LogName = item.Name;
        NodeId = item.NodeId;
        LogStartTime = item.StartTime;
        LogEndTime = item.EndTime;
        Checksum = WireValue.Text(item.Checksum);
    }

    /// <summary>The log, as the caller named it.</summary>
    public string LogId { get; }

    /// <summary>The name of the log, which the file may have packed.</summary>
    public string? LogName { get; }

    /// <summary>The node, shard or host that wrote it; null for an instance of one node.</summary>
    public string? NodeId { get; }

    /// <summary>The time of its first entry.</summary>
    public DateTimeOffset? LogStartTime { get; }

    /// <summary>The time of its last entry.</summary>
    public DateTimeOffset? LogEndTime { get; }

    /// <summary>The CRC-64 of the file, as a decimal number, by the polynomial of xz and OSS.</summary>
    public string? Checksum { get; }
}
