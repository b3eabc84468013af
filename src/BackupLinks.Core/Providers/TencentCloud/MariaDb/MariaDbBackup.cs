using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.MariaDb;

/// <summary>
/// A backup of a TencentDB for MariaDB instance. The list states no state: it has only backups that came to their end.
/// Source: Tencent Cloud MariaDB API, "DescribeBackupFiles".
/// </summary>
public sealed class MariaDbBackup : TencentCloudBackup
{
    internal MariaDbBackup(TencentBackupFields fields, InstanceReference instance, string? region)
        : base(fields, instance, region)
    {
    }
}
