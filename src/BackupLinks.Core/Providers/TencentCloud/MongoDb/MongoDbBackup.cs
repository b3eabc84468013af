using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.MongoDb;

/// <summary>
/// A backup of a TencentDB for MongoDB instance. Source: Tencent Cloud MongoDB API, "DescribeDBBackups".
/// </summary>
public sealed class MongoDbBackup : TencentCloudBackup
{
    internal MongoDbBackup(TencentBackupFields fields, InstanceReference instance, string? region)
        : base(fields, instance, region)
    {
    }
}
