using System;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>The logs of an instance, one kind after the other.</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its logs.</param>
internal sealed record TencentLogsRequest(TencentDatabaseService Service, InstanceReference Instance, LogFilter Filter)
    : ServiceRequest<ILog>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override IListing<ILog> Begin(ServiceSession session)
    {
        var all = new ListingChain<ILog>(
        [
            .. Service.LogKinds.Where(kind => Filter.Kinds.Count == 0 || Filter.Kinds.Contains(kind)).Select(
                kind => Open(kind, session)),
        ]);
        var logs = Service.ListsNothingOfUnknown
            ? new KnownInstanceListing<ILog>(all, Service, Instance, (TencentSession)session)
            : (IListing<ILog>)all;
        return Filter.Latest ? new LatestLogs(logs) : logs;
    }

    private IListing<ILog> Open(LogKind kind, ServiceSession session)
    {
        var logs = new TencentLogListRequest(Service, Instance, Filter, kind).Open(session);
        return kind == LogKind.Audit && Filter.Kinds.Count == 0
            ? new OptionalListing<ILog>(logs, IsWithoutAudit) : logs;
    }

    // Not every instance, region and key has an audit, and the refusal may have any kind of code; its word says what it
    // is about.
    private static bool IsWithoutAudit(ApiException error) =>
        error.Kind is ErrorKind.InvalidRequest or ErrorKind.AccessDenied or ErrorKind.Conflict or ErrorKind.NotFound
        || error.ErrorCode?.IndexOf("Audit", StringComparison.OrdinalIgnoreCase) >= 0;
}
