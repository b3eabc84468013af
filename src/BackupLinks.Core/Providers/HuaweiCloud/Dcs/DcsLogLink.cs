using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// One run log file of a DCS (Redis) instance. Source: Huawei Cloud DCS API reference,
/// "CreateRedislogDownloadLink".
/// </summary>
public sealed class DcsLogLink : HuaweiCloudLink
{
    internal DcsLogLink(LinkFields file, HuaweiLinkOrigin origin, string instanceId, string logId, string? taskId)
        : base(file, origin)
    {
        InstanceId = instanceId;
        LogId = logId;
        TaskId = taskId;
    }

    /// <summary>The DCS instance.</summary>
    public string InstanceId { get; }

    /// <summary>The log file, as it was requested.</summary>
    public string LogId { get; }

    /// <summary>
    /// The background task that collected the log (<c>backup_id</c> in the response); null when the response does
    /// not name it.
    /// </summary>
    public string? TaskId { get; }
}
