using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>
/// A file of the oplog of a MongoDB instance or of a shard. Source: Alibaba Cloud ApsaraDB for MongoDB API reference,
/// "DescribeBinlogFiles".
/// </summary>
public sealed class MongoDbLogLink : AlibabaCloudLogLink
{
    internal MongoDbLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item)
        : base(file, origin, request, item)
    {
    }
}
