using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.TencentCloud;

/// <summary>The instances of a service in a region.</summary>
/// <param name="Service">The service.</param>
/// <param name="Filter">Which of its instances.</param>
internal sealed record TencentInstancesRequest(TencentDatabaseService Service, InstanceFilter Filter)
    : TencentListRequest<TencentInstancesResponse, TencentInstanceItem, IInstance>
{
    public override RequestItem Item => RequestItem.Instances($"{Kind} instances", Filter.InstanceId);

    private protected override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"{Kind} instance '{id}'") : $"the {Kind} instances";

    private protected override JsonTypeInfo<TencentEnvelope<TencentInstancesResponse>> ResponseType =>
        TencentInstancesJson.Default.TencentEnvelopeTencentInstancesResponse;

    private string Kind => Service.Name;

    private protected override IListing<IInstance> Open(TencentSession session)
    {
        if (Filter.InstanceId is { } id)
            ServiceEndpoint.RequireId(id, "instance id");
        return Filter.Apply(
            Page(
                session, Service.GetInstancesCall(Filter.InstanceId),
                record => string.IsNullOrWhiteSpace(record.Id) ? null : Service.ToInstance(record, session.Region),
                static instance => instance.InstanceId),
            () => session.NotListed(Subject));
    }
}
