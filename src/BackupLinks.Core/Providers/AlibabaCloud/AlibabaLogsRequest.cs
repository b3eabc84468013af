using System;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>The log files of an instance, one kind after the other.</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its logs.</param>
internal sealed record AlibabaLogsRequest(AlibabaDatabaseService Service, InstanceReference Instance, LogFilter Filter)
    : ServiceRequest<ILog>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override IListing<ILog> Begin(ServiceSession session)
    {
        var own = (AlibabaSession)session;
        var lists = new AlibabaLogLists(Service, Instance, own);
        // A day more at each end: the zone of the days is the caller's.
        var (start, end) = Service.GetBounds(ToTime(Filter.Since), ToTime(Filter.Until)?.AddDays(1), own);
        // Every instance has logs of the first kind; only the caller who names another must know that it has none.
        var listings = Service.LogKinds
            .Where(kind => Filter.Kinds.Count == 0 || Filter.Kinds.Contains(kind))
            .Select(kind => lists.Open(kind, Filter.Kinds.Count == 0 && kind != Service.LogKinds[0], start, end))
            .ToArray();
        var logs = new MappedListing<AlibabaLogItem, ILog>(
            new ListingChain<AlibabaLogItem>(listings), log => Service.ToLog(log, Instance, own.Region),
            Filter.IsWanted);
        return Filter.Latest ? new LatestLogs(logs) : logs;
    }

    private static DateTimeOffset? ToTime(DateTime? day) =>
        day is { } date ? new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc)) : null;
}
