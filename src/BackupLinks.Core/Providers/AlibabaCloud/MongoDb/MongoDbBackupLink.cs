using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>
/// A file of a MongoDB backup, one for each shard. Source: Alibaba Cloud ApsaraDB for MongoDB API reference,
/// "DescribeBackups", "DescribeClusterBackups".
/// </summary>
public sealed class MongoDbBackupLink : AlibabaCloudBackupLink
{
    internal MongoDbBackupLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item)
        : base(file, origin, request, item)
    {
    }
}
