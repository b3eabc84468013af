using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>The RDS instances (<c>GET /v3/{project}/instances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record RdsInstancesRequest(InstanceFilter Filter)
    : HuaweiListRequest<RdsInstancesResponse, RdsInstanceItem, IInstance>
{
    public override RequestItem Item => RequestItem.Instances("RDS instances", Filter.InstanceId);

    private protected override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"RDS instance '{id}'") : "the RDS instances";

    private protected override JsonTypeInfo<RdsInstancesResponse> ResponseType =>
        RdsListJson.Default.RdsInstancesResponse;

    private protected override IListing<IInstance> Open(HuaweiSession session)
    {
        string query = Filter.InstanceId is { } id ? "?id=" + ServiceEndpoint.QueryValue(id, "instance id") : "";
        return Filter.Apply(
            Page(session, "instances" + query, static instance => instance.InstanceId), () =>
                session.NotListed(Subject));
    }

    private protected override IInstance? ToResult(RdsInstanceItem record, HuaweiScope scope) =>
        string.IsNullOrWhiteSpace(record.Id) ? null : new RdsInstance(record, scope);
}
