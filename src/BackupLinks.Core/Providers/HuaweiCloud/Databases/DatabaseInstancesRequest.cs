using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>The instances of a database service (<c>GET /v3/{project}/instances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal abstract record DatabaseInstancesRequest(InstanceFilter Filter)
    : HuaweiListRequest<DatabaseInstancesResponse, DatabaseInstanceItem, IInstance>
{
    public override RequestItem Item => RequestItem.Instances(ServiceName + " instances", Filter.InstanceId);

    /// <summary>The service, as it reads in a sentence.</summary>
    private protected abstract string ServiceName { get; }

    private protected override string Subject => Filter.InstanceId is { } id
        ? ScreenText.Sentence($"{ServiceName} instance '{id}'")
        : $"the {ServiceName} instances";

    private protected override JsonTypeInfo<DatabaseInstancesResponse> ResponseType =>
        DatabaseListJson.Default.DatabaseInstancesResponse;

    /// <summary>Makes an instance of a record that has an id.</summary>
    private protected abstract IInstance ToInstance(DatabaseInstanceItem record, HuaweiScope scope);

    private protected override IListing<IInstance> Open(HuaweiSession session)
    {
        string query = Filter.InstanceId is { } id ? "?id=" + ServiceEndpoint.QueryValue(id, "instance id") : "";
        return Filter.Apply(
            Page(session, "instances" + query, static instance => instance.InstanceId),
            () => session.NotListed(Subject));
    }

    private protected override IInstance? ToResult(DatabaseInstanceItem record, HuaweiScope scope) =>
        string.IsNullOrWhiteSpace(record.Id) ? null : ToInstance(record, scope);
}
