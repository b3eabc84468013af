using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
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
    private static readonly DateTimeOffset Oldest = new(Earliest, Beijing);

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
        return new Windows(this, session.GetHostTime(), (window, known, isWanted) => new Listing<ILog>(
            Page(
                session,
                $"{start}start_time={PercentEncoding.Encode(TimeText(window.Start))}"
                + $"&end_time={PercentEncoding.Encode(TimeText(window.End))}", static log => log.LogId, known),
            isWanted));

        IListing<ILog> List(string query) =>
            new Listing<ILog>(Page(session, query, static log => log.LogId), Filter.IsWanted);
    }

    private protected override ILog? ToResult(DatabaseLogItem record, HuaweiScope scope)
    {
        string? name = WireValue.Text(record.Id) ?? WireValue.Text(record.FileName);
        return name is null ? null : ToLog(new DatabaseLogId(Kind, name), record, scope);
    }

    private static DateTimeOffset AtBeijing(DateTime day) =>
        day < Earliest ? new(Earliest, Beijing) : new(DateTime.SpecifyKind(day, DateTimeKind.Unspecified), Beijing);

    // The newest window is the first, and a day more is requested at each end: the zone of the days is the caller's.
    // Without a first day, older windows follow while the older half of the last one has a log: the lists do not say
    // how long a service keeps its logs, and a window that is empty costs a request.
    private sealed class Windows(
        DatabaseLogFilesRequest request, DateTimeOffset now,
        Func<(DateTimeOffset Start, DateTimeOffset End), HashSet<string>, Func<ILog, bool>, IListing<ILog>> list)
        : IListing<ILog>
    {
        // A log that two windows have is returned once.
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);
        private readonly DateTimeOffset? _first =
            request.Filter.Since is { } since ? AtBeijing(since).AddDays(-1) : null;

        private DateTimeOffset _start =
            request.Filter.Until is { } until && until < now.DateTime ? AtBeijing(until).AddDays(2) : now.AddDays(1);

        private IListing<ILog>? _window;
        private bool _hasOld;
        private int _count;

        public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
        {
            while (true)
            {
                if (_window is null && !TryOpen())
                    return new ResultPage<ILog>([], [], HasMore: false);
                var page = await _window!.NextAsync(cancellationToken).ConfigureAwait(false);
                if (page.HasMore)
                    return page;
                _window = null;
                bool hasNext = HasNext();
                if (!hasNext || page.Results.Count > 0 || page.Problems.Count > 0)
                    return new ResultPage<ILog>(page.Results, page.Problems, hasNext, page.Remark);
            }
        }

        private bool HasNext() => _count < MostWindows
            && (_first is { } first ? _start > first : _hasOld && !request.Filter.Latest && _start > Oldest);

        private bool TryOpen()
        {
            if (_count > 0 ? !HasNext() : _first >= _start)
                return false;
            _count++;
            _hasOld = false;
            var end = _start;
            _start = _first is { } first && first > end - LongestWindow ? first : end - LongestWindow;
            _window = list((_start, end), _known, IsWanted);
            return true;
        }

        private bool IsWanted(ILog log)
        {
            // A service that returns logs of other times does not heed the window.
            _hasOld |= log.Time >= _start && log.Time < _start.AddDays(LongestWindow.Days / 2.0);
            return request.Filter.IsWanted(log);
        }
    }
}
