using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>
/// A file of the oplog of an ApsaraDB for MongoDB instance or of a shard. A property is null where the response does
/// not state it. Source: Alibaba Cloud ApsaraDB for MongoDB API reference, "DescribeBinlogFiles".
/// </summary>
public sealed class MongoDbLog : AlibabaCloudLog
{
    internal MongoDbLog(AlibabaLogItem item, InstanceReference instance, string? region)
        : base(item, instance, region)
    {
    }
}
