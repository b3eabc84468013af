using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>The logs of an instance that are of one kind.</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its logs.</param>
/// <param name="Kind">The kind.</param>
internal sealed record TencentLogListRequest(
    TencentDatabaseService Service, InstanceReference Instance, LogFilter Filter, LogKind Kind)
    : TencentListRequest<TencentLogsResponse, TencentLogItem, ILog>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the {Kind.ToString().ToLowerInvariant()} logs of {Instance}";

    private protected override JsonTypeInfo<TencentEnvelope<TencentLogsResponse>> ResponseType =>
        TencentLogsJson.Default.TencentEnvelopeTencentLogsResponse;

    /// <summary>Finds a log in the list, for a service that has its links there; null for none.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<TencentLogItem?> FindAsync(
        TencentSession session, string name, CancellationToken cancellationToken) => FindAsync(
            Page(session, GetCall(session), Read, item => Service.LogKeyOf(item)!),
            item => Service.LogKeyOf(item) == name, cancellationToken);

    private protected override IListing<ILog> Open(TencentSession session) => new Listing<ILog>(
        Page(
            session, GetCall(session),
            record => Read(record) is { } item
                ? Service.ToLog(new TencentLogId(Kind, Service.LogKeyOf(item)!), item, Instance, session.Region)
                : null,
            static log => log.LogId),
        Filter.IsWanted);

    // Null for a record without a key.
    private TencentLogItem? Read(TencentLogItem record)
    {
        var item = Service.ReadLog(Kind, record);
        return Service.LogKeyOf(item) is null ? null : item;
    }

    private TencentCall GetCall(TencentSession session)
    {
        ServiceEndpoint.RequireId(Instance.Id, "instance id");
        return Service.GetLogsCall(Kind, Instance.Id, Filter, session);
    }
}
