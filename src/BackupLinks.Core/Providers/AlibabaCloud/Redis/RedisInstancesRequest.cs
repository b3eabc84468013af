using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud.Redis;

/// <summary>The Tair and Redis instances of a region (<c>DescribeInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record RedisInstancesRequest(InstanceFilter Filter)
    : AlibabaListRequest<RedisInstancesResponse, RedisInstanceItem, IInstance>
{
    public override RequestItem Item => RequestItem.Instances("Redis instances", Filter.InstanceId);

    // The action takes 50 at most.
    private protected override int PageSize => 50;

    private protected override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"Redis instance '{id}'") : "the Redis instances";

    private protected override JsonTypeInfo<RedisInstancesResponse> ResponseType => RedisJson.Default.RedisInstancesResponse;

    private protected override IListing<IInstance> Open(AlibabaSession session)
    {
        if (Filter.InstanceId is { } id)
            ServiceEndpoint.RequireId(id, "instance id");
        return Filter.Apply(
            Page(
                session, "DescribeInstances", [("RegionId", session.Region), ("InstanceIds", Filter.InstanceId)],
                static instance => instance.InstanceId),
            () => session.NotListed(Subject));
    }

    private protected override IInstance? ToResult(RedisInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.InstanceId) ? null : new RedisInstance(record, region);
}
