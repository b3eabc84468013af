using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.Redis;

/// <summary>
/// A backup of a TencentDB for Redis instance. The list states no size. The key of an encrypted backup is in the
/// response of <c>DescribeBackupDetail</c>. Source: Tencent Cloud Redis API, "DescribeInstanceBackups".
/// </summary>
public sealed class RedisBackup : TencentCloudBackup
{
    internal RedisBackup(
        TencentBackupFields fields, TencentBackupItem item, InstanceReference instance, string? region)
        : base(fields, instance, region)
    {
        FileType = WireValue.Text(item.FileType);
        Remark = WireValue.Text(item.Remark);
    }

    /// <summary>The format and the version: <c>RDB-Redis 6.2</c>.</summary>
    public string? FileType { get; }

    /// <summary>The remark.</summary>
    public string? Remark { get; }
}
