using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>
/// A backup of an ApsaraDB for MongoDB instance: of a replica set, of one shard, or of all shards. A property is null
/// where the response does not state it. Source: Alibaba Cloud ApsaraDB for MongoDB API reference, "DescribeBackups",
/// "DescribeClusterBackups".
/// </summary>
public sealed class MongoDbBackup : AlibabaCloudBackup
{
    internal MongoDbBackup(AlibabaBackupItem item, InstanceReference instance, string? region)
        : base(item, instance, region)
    {
        BackupName = WireValue.Text(item.BackupName);
        ShardCount = item.Shards?.Count;
    }

    /// <summary>The name.</summary>
    public string? BackupName { get; }

    /// <summary>The number of shards in it, each of which is a file; null for a backup of one node.</summary>
    public int? ShardCount { get; }

    private protected override string? Name => BackupName;

    // The shards may be backed up each by itself, and together they are the instance.
    private protected override string? Part => NodeId;
}
