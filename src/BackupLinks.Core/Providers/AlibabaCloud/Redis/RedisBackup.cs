using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.Redis;

/// <summary>
/// A backup of a Tair or Redis instance: of one node, or of all shards of a cluster. A property is null where the
/// response does not state it. Source: Alibaba Cloud Tair API reference, "DescribeBackups",
/// "DescribeClusterBackupList".
/// </summary>
public sealed class RedisBackup : AlibabaCloudBackup
{
    internal RedisBackup(AlibabaBackupItem item, InstanceReference instance, string? region)
        : base(item, instance, region) => ShardCount = item.Shards?.Count;

    /// <summary>The number of shards in it, each of which is a file; null for a backup of one node.</summary>
    public int? ShardCount { get; }

    // The nodes of an older cluster are backed up each by itself, and together they are the instance.
    private protected override string? Part => NodeId;
}
