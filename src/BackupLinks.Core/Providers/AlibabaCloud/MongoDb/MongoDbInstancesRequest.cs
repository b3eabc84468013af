using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>The MongoDB instances of a region (<c>DescribeDBInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record MongoDbInstancesRequest(InstanceFilter Filter)
    : AlibabaInstancesRequest<MongoDbInstancesResponse, MongoDbInstanceItem>(Filter, "MongoDB")
{
    private protected override JsonTypeInfo<MongoDbInstancesResponse> ResponseType =>
        MongoDbJson.Default.MongoDbInstancesResponse;

    private protected override IInstance? ToResult(MongoDbInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.DBInstanceId) ? null : new MongoDbInstance(record, region);
}
