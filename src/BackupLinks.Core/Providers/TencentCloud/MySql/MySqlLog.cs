using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.MySql;

/// <summary>
/// A binary log, a file of the slow log, or one that was exported from the audit, of a TencentDB for MySQL instance.
/// Source: Tencent Cloud MySQL API, "DescribeBinlogs", "DescribeSlowLogs" and "DescribeAuditLogFiles".
/// </summary>
public sealed class MySqlLog : TencentCloudLog
{
    internal MySqlLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region)
        : base(id, item, instance, region)
    {
    }
}
