using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.PostgreSql;

/// <summary>
/// A log backup (WAL) of a TencentDB for PostgreSQL instance. Source: Tencent Cloud PostgreSQL API,
/// "DescribeLogBackups".
/// </summary>
public sealed class PostgreSqlLog : TencentCloudLog
{
    internal PostgreSqlLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region)
        : base(id, item, instance, region)
    {
    }
}
