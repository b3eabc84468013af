using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud.Redis;

/// <summary>
/// A file of a Tair or Redis backup, one for each shard. Source: Alibaba Cloud Tair API reference, "DescribeBackups",
/// "DescribeClusterBackupList".
/// </summary>
public sealed class RedisBackupLink : AlibabaCloudBackupLink
{
    internal RedisBackupLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item)
        : base(file, origin, request, item)
    {
    }
}
