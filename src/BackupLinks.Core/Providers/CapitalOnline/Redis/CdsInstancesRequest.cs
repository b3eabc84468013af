using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>The Redis instances (<c>GET /redis/?Action=DescribeDBInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record CdsInstancesRequest(InstanceFilter Filter)
    : CapitalOnlineListRequest<CdsInstancesResponse, CdsInstanceData, IInstance>
{
    public override RequestItem Item => RequestItem.Instances("Redis instances", Filter.InstanceId);

    private protected override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"Redis instance '{id}'") : "the Redis instances";

    private protected override JsonTypeInfo<CdsInstancesResponse> ResponseType => CdsListJson.Default.CdsInstancesResponse;

    private protected override IListing<IInstance> Open(CapitalOnlineSession session)
    {
        string query = Filter.InstanceId is { } id ? "&InstanceUuid=" + ServiceEndpoint.QueryValue(id, "instance id") : "";
        return Filter.Apply(
            Page(session, "DescribeDBInstances" + query, static instance => instance.InstanceId), () => session.NotListed(Subject));
    }

    private protected override IInstance? ToResult(CdsInstanceData record) =>
        string.IsNullOrWhiteSpace(record.InstanceUuid) ? null : new CdsInstance(record);
}
