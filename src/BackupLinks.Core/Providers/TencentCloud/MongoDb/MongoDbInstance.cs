namespace BackupLinks.TencentCloud.MongoDb;

/// <summary>
/// A TencentDB for MongoDB instance. A property is null where the response does not state it. Source: Tencent Cloud
/// MongoDB API, "DescribeDBInstances".
/// </summary>
public sealed class MongoDbInstance : TencentCloudInstance
{
    internal MongoDbInstance(TencentInstanceItem item, MongoDbService service, string? region)
        : base(item, service, region)
    {
    }
}
