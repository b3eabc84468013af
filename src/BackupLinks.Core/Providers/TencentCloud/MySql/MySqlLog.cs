using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.MySql;

/// <summary>
/// A binary log, or a file of the slow log, of a TencentDB for MySQL instance. Source: Tencent Cloud MySQL API,
/// "DescribeBinlogs" and "DescribeSlowLogs".
/// </summary>
public sealed class MySqlLog : TencentCloudLog
{
    internal MySqlLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region)
        : base(id, item, instance, region)
    {
    }
}
