using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.Redis;

/// <summary>The Tair and Redis instances of a region (<c>DescribeInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record RedisInstancesRequest(InstanceFilter Filter)
    : AlibabaInstancesRequest<RedisInstancesResponse, RedisInstanceItem>(Filter, "Redis")
{
    // The action takes 50 at most.
    private protected override int PageSize => 50;

    private protected override string Action => "DescribeInstances";

    private protected override string IdParameter => "InstanceIds";

    private protected override JsonTypeInfo<RedisInstancesResponse> ResponseType =>
        RedisJson.Default.RedisInstancesResponse;

    private protected override IInstance? ToResult(RedisInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.InstanceId) ? null : new RedisInstance(record, region);
}
