using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <summary>
/// The links of a log of GaussDB. The files of the error log have theirs in the list of them. The slow log is exported
/// by one request, and another one returns the links.
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="LogId">The log.</param>
internal sealed record GaussDbLogLinkRequest(string InstanceId, string LogId)
    : DatabaseLogLinkRequest(InstanceId, LogId)
{
    // "Only error logs generated in the past 30 days can be queried", says the page. A clock may be behind.
    private static readonly TimeSpan ErrorLogAge = TimeSpan.FromDays(30) - TimeSpan.FromMinutes(5);

    // "The maximum value is 100", says the SDK's model; and a list of 30 days has an end.
    private const int PageSize = 100;
    private const int MostPages = 100;
    private const string ErrorLog = "error-log";
    private const double KilobytesPerByte = 1.0 / 1024;

    private protected override string[] Kinds => GaussDbLogsRequest.KindNames;

    private string? FileName => Id.Kind == DatabaseLogId.Error ? Id.Name : null;

    /// <summary>The request that a link came from.</summary>
    public static GaussDbLogLinkRequest From(LinkProperties link) =>
        new(link.Require(nameof(GaussDbLogLink.InstanceId)), link.Require(nameof(GaussDbLogLink.LogId)));

    private protected override DatabaseLogCall GetCall(DatabaseLogId id) => id switch
    {
        { Kind: DatabaseLogId.Slow } => new("slow-log/download", null, null)
        {
            IsExport = true, WaitMethod = HttpMethod.Get, KilobytesPerUnit = KilobytesPerByte,
        },
        { Name: null } => throw new ApiException(
            ErrorKind.InvalidRequest, $"'{LogId}' is not the id of one log; pass an id that Get-CloudLog lists."),
        _ => new(ErrorLog, null, null) { Method = HttpMethod.Get },
    };

    /// <summary>
    /// The list of the error log, after the instance. Both times are mandatory, and the list has all that is kept: the
    /// filters of the module choose.
    /// </summary>
    /// <param name="now">The time by the service's clock.</param>
    public static string GetErrorPath(DateTimeOffset now) =>
        ErrorLog + $"?start_time={PercentEncoding.Encode(DatabaseLogFilesRequest.ZonedText(now - ErrorLogAge))}"
        + $"&end_time={PercentEncoding.Encode(DatabaseLogFilesRequest.ZonedText(now))}";

    private protected override string GetPath(HuaweiSession session) => Id.Kind == DatabaseLogId.Slow
        ? Path : GetListPath(session);

    // An id that is not valid is an error first.
    private string GetListPath(HuaweiSession session)
    {
        string path = Path;
        return path.Substring(0, path.Length - ErrorLog.Length) + GetErrorPath(session.GetHostTime())
            + $"&limit={PageSize}";
    }

    private protected override string? GetNextPath(DatabaseLogsResponse response, int page, HuaweiSession session) =>
        FileName is not null && !GetItems(response).Any() && response.Records?.Count >= PageSize && page < MostPages
            ? $"{GetListPath(session)}&offset={(page * PageSize).ToString(CultureInfo.InvariantCulture)}" : null;

    private protected override ApiException? FindFailure(DatabaseLogsResponse response, ApiClient service) =>
        FileName is not null && !GetItems(response).Any()
            ? new ApiException(
                ErrorKind.NotFound, $"Huawei Cloud no longer lists {Subject}; list the logs again with Get-CloudLog.")
            : base.FindFailure(response, service);

    private protected override IEnumerable<DatabaseLogItem?> GetItems(DatabaseLogsResponse response) =>
        FileName is { } name
            ? base.GetItems(response).Where(item => WireValue.Text(item?.FileName) == name) : base.GetItems(response);

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DatabaseLogsResponse response, DatabaseLogItem item) =>
        new GaussDbLogLink(file, origin, InstanceId, LogId, item);
}
