using BackupLinks.Links;

namespace BackupLinks.TencentCloud.Redis;

/// <summary>
/// A file of a TencentDB for Redis backup, one for each shard. Source: Tencent Cloud Redis API, "DescribeBackupUrl".
/// </summary>
public sealed class RedisBackupLink : TencentCloudBackupLink
{
    internal RedisBackupLink(LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request)
        : base(file, origin, request)
    {
    }
}
