using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

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
    /// <summary>The list of the error log, after the instance.</summary>
    public const string ErrorPath = "error-log";

    // "The maximum value is 100", says the SDK's model; and a list of 30 days has an end.
    private const int PageSize = 100;
    private const int MostPages = 100;
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
            WaitMethod = HttpMethod.Get, KilobytesPerUnit = KilobytesPerByte,
        },
        { Name: null } => throw new ApiException(
            ErrorKind.InvalidRequest, $"'{LogId}' is not the id of one log; pass an id that Get-CloudLog lists."),
        _ => new($"{ErrorPath}?limit={PageSize}", null, null) { Method = HttpMethod.Get },
    };

    private protected override string? GetNextPath(DatabaseLogsResponse response, int page) =>
        FileName is not null && !GetItems(response).Any() && response.Records?.Count >= PageSize && page < MostPages
            ? $"{Path}&offset={(page * PageSize).ToString(CultureInfo.InvariantCulture)}" : null;

    private protected override ApiException? FindFailure(DatabaseLogsResponse response) =>
        FileName is not null && !GetItems(response).Any()
            ? new ApiException(
                ErrorKind.NotFound, $"Huawei Cloud no longer lists {Subject}; list the logs again with Get-CloudLog.")
            : base.FindFailure(response);

    private protected override IEnumerable<DatabaseLogItem?> GetItems(DatabaseLogsResponse response) =>
        FileName is { } name
            ? base.GetItems(response).Where(item => WireValue.Text(item?.FileName) == name) : base.GetItems(response);

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DatabaseLogsResponse response, DatabaseLogItem item) =>
        new GaussDbLogLink(file, origin, InstanceId, LogId, item);
}
