using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.SqlServer;

/// <summary>
/// A backup of the log of a TencentDB for SQL Server instance. Source: Tencent Cloud SQL Server API, "DescribeBackups".
/// </summary>
public sealed class SqlServerLog : TencentCloudLog
{
    internal SqlServerLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region)
        : base(id, item, instance, region)
    {
    }
}
