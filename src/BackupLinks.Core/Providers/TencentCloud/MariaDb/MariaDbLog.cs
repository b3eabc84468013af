using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.MariaDb;

/// <summary>
/// A binary log, or a file of the error or slow log, of a TencentDB for MariaDB instance. Source: Tencent Cloud MariaDB
/// API, "DescribeBackupFiles".
/// </summary>
public sealed class MariaDbLog : TencentCloudLog
{
    internal MariaDbLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region)
        : base(id, item, instance, region)
    {
    }
}
