using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>The DCS instances (<c>GET /v2/{project}/instances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record DcsInstancesRequest(InstanceFilter Filter)
    : HuaweiListRequest<DcsInstancesResponse, DcsInstanceItem, IInstance>
{
    public override RequestItem Item => RequestItem.Instances("DCS instances", Filter.InstanceId);

    private protected override string Version => DcsApiVersion.V2;

    // The documented most is 1,000; half of that stays well within the bound of a response's size.
    private protected override int PageSize => 500;

    private protected override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"DCS instance '{id}'") : "the DCS instances";

    private protected override JsonTypeInfo<DcsInstancesResponse> ResponseType =>
        DcsListJson.Default.DcsInstancesResponse;

    private protected override IListing<IInstance> Open(HuaweiSession session)
    {
        string query = Filter.InstanceId is { } id
            ? "?instance_id=" + ServiceEndpoint.QueryValue(id, "instance id")
            : "";
        return Filter.Apply(
            Page(session, "instances" + query, static instance => instance.InstanceId), () =>
                session.NotListed(Subject));
    }

    private protected override IInstance? ToResult(DcsInstanceItem record, HuaweiScope scope) =>
        string.IsNullOrWhiteSpace(record.InstanceId) ? null : new DcsInstance(record, scope);
}
