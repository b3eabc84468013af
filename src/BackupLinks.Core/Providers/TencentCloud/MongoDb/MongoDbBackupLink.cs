using BackupLinks.Links;

namespace BackupLinks.TencentCloud.MongoDb;

/// <summary>
/// A file of a TencentDB for MongoDB backup, one for each shard. The provider makes it when its link is requested.
/// Source: Tencent Cloud MongoDB API, "CreateBackupDownloadTask" and "DescribeBackupDownloadTask".
/// </summary>
public sealed class MongoDbBackupLink : TencentCloudBackupLink
{
    internal MongoDbBackupLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item)
        : base(file, origin, request) => ReplicaSetId = item.Part;

    /// <summary>The replica set, which of a sharded instance is one of its shards.</summary>
    public string? ReplicaSetId { get; }
}
