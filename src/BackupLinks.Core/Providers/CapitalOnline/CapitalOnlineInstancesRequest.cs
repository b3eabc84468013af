using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline;

/// <summary>The instances of a database service (<c>GET /redis/?Action=DescribeDBInstances</c>).</summary>
/// <param name="Service">The service.</param>
/// <param name="Filter">Which of them.</param>
internal sealed record CapitalOnlineInstancesRequest(CapitalOnlineDatabaseService Service, InstanceFilter Filter)
    : CapitalOnlineListRequest<CapitalOnlineInstancesResponse, CapitalOnlineInstanceData, IInstance>
{
    public override RequestItem Item => RequestItem.Instances($"{Service.Engine} instances", Filter.InstanceId);

    private protected override string Subject =>
        Filter.InstanceId is { } id
            ? ScreenText.Sentence($"{Service.Engine} instance '{id}'") : $"the {Service.Engine} instances";

    private protected override JsonTypeInfo<CapitalOnlineInstancesResponse> ResponseType =>
        CapitalOnlineJson.Default.CapitalOnlineInstancesResponse;

    private protected override IListing<IInstance> Open(CapitalOnlineSession session)
    {
        string query = Filter.InstanceId is { } id
            ? "&InstanceUuid=" + ServiceEndpoint.QueryValue(id, "instance id") : "";
        return Filter.Apply(
            Page(session, "DescribeDBInstances" + query, static instance => instance.InstanceId),
            () => session.NotListed(Subject));
    }

    private protected override IInstance? ToResult(CapitalOnlineInstanceData record) =>
        string.IsNullOrWhiteSpace(record.InstanceUuid) ? null : Service.ToInstance(record);
}
