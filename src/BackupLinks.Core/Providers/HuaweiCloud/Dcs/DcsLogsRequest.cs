using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// The run logs of a DCS instance that were collected (<c>GET /v2/{project}/instances/{instance}/redislog</c>).
/// </summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its logs.</param>
internal sealed record DcsLogsRequest(InstanceReference Instance, LogFilter Filter)
    : HuaweiListRequest<DcsLogsResponse, DcsLogItem, ILog>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Version => DcsApiVersion.V2;

    private protected override string Subject => $"the run logs of {Instance}";

    private protected override JsonTypeInfo<DcsLogsResponse> ResponseType => DcsListJson.Default.DcsLogsResponse;

    private protected override IListing<ILog> Open(HuaweiSession session) => Filter.Apply(Page(
        session, $"instances/{ServiceEndpoint.PathSegment(Instance.Id, "instance id")}/redislog?log_type=run",
        static log => log.LogId));

    private protected override ILog? ToResult(DcsLogItem record, HuaweiScope scope) =>
        string.IsNullOrWhiteSpace(record.Id) ? null : new DcsLog(record, scope, Instance);
}
