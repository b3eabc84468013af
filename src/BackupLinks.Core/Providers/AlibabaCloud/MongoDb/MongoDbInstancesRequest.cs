using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>The MongoDB instances of a region (<c>DescribeDBInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record MongoDbInstancesRequest(InstanceFilter Filter)
    : AlibabaInstancesRequest<MongoDbInstancesResponse, MongoDbInstanceItem>(Filter, "MongoDB")
{
    /// <summary>The types that are listed apart. Without a type, the action lists replica sets alone.</summary>
    public static readonly string?[] ListedTypes = [MongoDbService.ReplicaSet, MongoDbService.Sharded];

    private protected override IReadOnlyList<string?> Lists => ListedTypes;

    private protected override JsonTypeInfo<MongoDbInstancesResponse> ResponseType =>
        MongoDbJson.Default.MongoDbInstancesResponse;

    private protected override IInstance? ToResult(MongoDbInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.DBInstanceId) ? null : new MongoDbInstance(record, region);
}
