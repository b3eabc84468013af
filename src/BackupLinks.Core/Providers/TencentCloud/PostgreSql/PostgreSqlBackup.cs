using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.PostgreSql;

/// <summary>
/// A base backup of a TencentDB for PostgreSQL instance. Source: Tencent Cloud PostgreSQL API, "DescribeBaseBackups".
/// </summary>
public sealed class PostgreSqlBackup : TencentCloudBackup
{
    internal PostgreSqlBackup(TencentBackupFields fields, InstanceReference instance, string? region)
        : base(fields, instance, region)
    {
    }
}
