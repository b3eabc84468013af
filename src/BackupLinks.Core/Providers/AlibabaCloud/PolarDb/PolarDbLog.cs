using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.PolarDb;

/// <summary>
/// A log backup of a PolarDB cluster: a file of the redo log. A property is null where the response does not state it.
/// Source: Alibaba Cloud PolarDB API reference, "DescribeBackupLogs".
/// </summary>
public sealed class PolarDbLog : AlibabaCloudLog
{
    internal PolarDbLog(AlibabaLogItem item, InstanceReference instance, string? region)
        : base(item, instance, region)
    {
    }
}
