using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>Log files that a service lists (<c>GET /v3/{project}/instances/{instance}/{path}</c>).</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its logs.</param>
/// <param name="Kind">The kind of log, a word of <see cref="DatabaseLogId"/>.</param>
/// <param name="ListPath">What follows the instance: <c>auditlog</c>.</param>
/// <param name="ToLog">Makes a log of its id and its record.</param>
internal sealed record DatabaseLogFilesRequest(
    InstanceReference Instance, LogFilter Filter, string Kind, string ListPath,
    Func<DatabaseLogId, DatabaseLogItem, HuaweiScope, ILog> ToLog)
    : HuaweiListRequest<DatabaseLogsResponse, DatabaseLogItem, ILog>
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    // "The interval between them cannot exceed 30 days", say the pages; and a list of ten years has an end.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(30);
    private const int MostWindows = 122;

    // No log is older.
    private static readonly DateTime Earliest = new(2010, 1, 1);

    /// <summary>The form of a time in the request; null for a list that takes none.</summary>
    public Func<DateTimeOffset, string>? TimeText { get; init; }

    /// <summary>The most entries on a page.</summary>
    public int Limit { get; init; } = 100;

    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override int PageSize => Limit;

    private protected override string Subject => $"the {Kind} logs of {Instance}";

    private protected override JsonTypeInfo<DatabaseLogsResponse> ResponseType =>
        DatabaseLogJson.Default.DatabaseLogsResponse;

    /// <summary>A time with the zone of the pages' examples: <c>2020-12-06T09:00:00+0800</c>.</summary>
    public static string ZonedText(DateTimeOffset time) =>
        time.ToOffset(Beijing).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0800";

    /// <summary>A time in milliseconds.</summary>
    public static string EpochText(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private protected override IListing<ILog> Open(HuaweiSession session)
    {
        string path = $"instances/{ServiceEndpoint.PathSegment(Instance.Id, "instance id")}/{ListPath}";
        if (TimeText is null)
            return List(path);
        string start = path + (path.IndexOf('?') < 0 ? "?" : "&");
        return new ListingChain<ILog>(
        [
            .. Windows(session.GetHostTime()).Select(window => List(
                $"{start}start_time={PercentEncoding.Encode(TimeText(window.Start))}"
                + $"&end_time={PercentEncoding.Encode(TimeText(window.End))}")),
        ]);

        IListing<ILog> List(string query) =>
            new Listing<ILog>(Page(session, query, static log => log.LogId), Filter.IsWanted);
    }

    private protected override ILog? ToResult(DatabaseLogItem record, HuaweiScope scope)
    {
        string? name = WireValue.Text(record.Id) ?? WireValue.Text(record.FileName);
        return name is null ? null : ToLog(new DatabaseLogId(Kind, name), record, scope);
    }

    // A day more at each end: the zone of the days is the caller's. The newest window is the first.
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Windows(DateTimeOffset now)
    {
        var end = Filter.Until is { } until && until < now.DateTime ? AtBeijing(until).AddDays(2) : now.AddDays(1);
        var first = Filter.Since is { } since ? AtBeijing(since).AddDays(-1) : end - LongestWindow;
        for (int i = 0; i < MostWindows && end > first; i++)
        {
            var start = end - LongestWindow > first ? end - LongestWindow : first;
            yield return (start, end);
            end = start;
        }
    }

    private static DateTimeOffset AtBeijing(DateTime day) =>
        day < Earliest ? new(Earliest, Beijing) : new(DateTime.SpecifyKind(day, DateTimeKind.Unspecified), Beijing);
}
