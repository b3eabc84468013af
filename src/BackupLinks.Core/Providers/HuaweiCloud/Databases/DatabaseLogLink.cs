using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>One file of a log of one of Huawei Cloud's database services.</summary>
public abstract class DatabaseLogLink : HuaweiCloudLink
{
    private protected DatabaseLogLink(
        LinkFields file, HuaweiLinkOrigin origin, string instanceId, string logId, DatabaseLogItem item)
        : base(file, origin)
    {
        InstanceId = instanceId;
        LogId = logId;
        NodeName = string.IsNullOrWhiteSpace(item.NodeName) ? null : item.NodeName;
    }

    /// <summary>The instance.</summary>
    public string InstanceId { get; }

    /// <summary>The log, as the caller named it.</summary>
    public string LogId { get; }

    /// <summary>The node that wrote it; null when the response does not say.</summary>
    public string? NodeName { get; }
}
