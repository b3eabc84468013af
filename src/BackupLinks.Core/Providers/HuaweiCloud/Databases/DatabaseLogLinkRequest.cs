using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>
/// The links of a log. Error and slow logs are exported first: the same request is sent until the response has them.
/// When the links have expired, the same request exports the log again.
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="LogId">The log.</param>
internal abstract record DatabaseLogLinkRequest(string InstanceId, string LogId)
    : HuaweiLinkRequest<DatabaseLogsResponse, DatabaseLogItem>
{
    // The state of an export whose response has nothing of it.
    private const string NoLinkYet = "no link yet";

    private static readonly TimeSpan[] Zones = [TimeSpan.Zero, TimeSpan.FromHours(8)];

    public override RequestItem Item => RequestItem.Log(LogId, InstanceId, Details);

    private protected override HttpMethod Method => GetCall(Id).Method;

    private protected override HttpMethod? WaitMethod => GetCall(Id).WaitMethod;

    private protected override string Path =>
        $"instances/{ServiceEndpoint.PathSegment(InstanceId, "instance id")}/{GetCall(Id).Path}";

    private protected override byte[]? Body => GetCall(Id).Body is { } body ? Encoding.UTF8.GetBytes(body) : null;

    private protected override string Subject =>
        ScreenText.Sentence($"log '{LogId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");

    private protected override string FallbackName => LogId.Replace('/', '_');

    private protected override JsonTypeInfo<DatabaseLogsResponse> ResponseType =>
        DatabaseLogJson.Default.DatabaseLogsResponse;

    /// <summary>The kinds of log that the service has.</summary>
    private protected abstract string[] Kinds { get; }

    /// <summary>The log.</summary>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>.</exception>
    private protected DatabaseLogId Id => DatabaseLogId.Parse(LogId, Kinds);

    /// <summary>The request for a log.</summary>
    private protected abstract DatabaseLogCall GetCall(DatabaseLogId id);

    /// <summary>A JSON text.</summary>
    private protected static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private protected override bool IsComplete(DatabaseLogsResponse response, HttpMethod method) =>
        response.Records is not null || response.Status is not null
        // A request that only begins an export has nothing to return.
        || (WaitMethod is { } wait && method != wait && response.ErrorCode is null && response.Code is null);

    private protected override string? GetPendingState(DatabaseLogsResponse response, HttpMethod method)
    {
        if (VendorWords.Same(response.Status, "CREATING"))
            return response.Status;
        if (VendorWords.Same(response.Status, "FAILED"))
            return null;
        var call = GetCall(Id);
        var items = ReadItems(response);
        // The service says that it is over, and has nothing.
        if (items.Length == 0 && DatabaseLogsResponse.EndWords.Contains(response.Status ?? "", WordComparer))
            return null;
        // The request that begins an export may return the files of an earlier one, or nothing.
        if (call.WaitMethod is { } wait && (items.Length == 0 || (method != wait && !items.Any(HasLink))))
            return items.FirstOrDefault(item => item.IsExporting)?.Status ?? NoLinkYet;
        // A record of an export without a link is not ready, whatever the state of the whole.
        var pending = items.FirstOrDefault(
            item => item.IsExporting || (call.IsExport && !HasLink(item) && !item.IsFailed));
        return pending is null ? null : pending.IsExporting ? pending.Status : NoLinkYet;
    }

    private protected override bool HasResult(DatabaseLogsResponse response)
    {
        var items = ReadItems(response);
        return items.Any(HasLink)
            || (items.Length > 0 && !VendorWords.Same(response.Status, "CREATING")
                && !items.Any(item => item.IsExporting));
    }

    private protected override ApiException? FindFailure(DatabaseLogsResponse response, ApiClient service)
    {
        var items = ReadItems(response);
        return VendorWords.Same(response.Status, "FAILED") && !items.Any(HasLink)
            ? service.NotMade(
                Subject, response.Status!,
                items.Select(item => WireValue.Text(item.Message)).FirstOrDefault(reason => reason is not null))
            : null;
    }

    private protected override ApiException? FindFailure(DatabaseLogItem item, ApiClient service)
    {
        if (!item.IsFailed && !item.IsExporting)
            return null;
        string file = WireValue.Text(item.FileName) is { } name
            ? ScreenText.Sentence($"file '{name}' of ") + Subject : Subject;
        return item.IsFailed
            ? service.NotMade(file, item.Status!, WireValue.Text(item.Message))
            : service.NotMadeYet(file, item.Status!, WireValue.Text(item.Message));
    }

    private protected override IEnumerable<DatabaseLogItem?> GetItems(DatabaseLogsResponse response) =>
        response.Records ?? [];

    private protected override FileEntry ToEntry(DatabaseLogItem item, DateTimeOffset sent)
    {
        var call = GetCall(Id);
        long? size = WireValue.Kilobytes(WireValue.Number(item.FileSize) * call.KilobytesPerUnit);
        // "0" is also the size of a file that has some bytes.
        return new FileEntry(
            item.FileName, item.Link, size == 0 ? null : size, null,
            ReadExpiry(item.ExpireTime, sent, call.LinkLifetime) ?? sent + call.LinkLifetime)
        {
            IsSizeOfBackup = false,
        };
    }

    // No page names the zone: it is the one by which the link has just begun. Where its lifetime is not known either,
    // rather too early than too late.
    private static DateTimeOffset? ReadExpiry(string? text, DateTimeOffset sent, TimeSpan? lifetime) =>
        Zones.Select(zone => WireTime.Parse(text, zone)).Where(end => end > sent)
            .OrderBy(end => lifetime is null ? end - sent : (end - sent - lifetime)?.Duration()).FirstOrDefault();

    private DatabaseLogItem[] ReadItems(DatabaseLogsResponse response) =>
        [.. GetItems(response).Select(item => item ?? new DatabaseLogItem())];

    private static StringComparer WordComparer => StringComparer.OrdinalIgnoreCase;

    private static bool HasLink(DatabaseLogItem item) => item.Link is not null;
}
