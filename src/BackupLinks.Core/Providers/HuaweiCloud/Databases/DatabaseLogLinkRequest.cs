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
    private static readonly string[] EndWords = ["SUCCESS", "FINISH", "FAILED"];

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

    private protected override bool IsComplete(DatabaseLogsResponse response) =>
        response.Records is not null || response.Status is not null;

    private protected override string? GetPendingState(DatabaseLogsResponse response, HttpMethod method)
    {
        if (Is(response.Status, "CREATING") || (response.Status is null && response.Records is null))
            return response.Status ?? "CREATING";
        if (Is(response.Status, "FINISH"))
            return null;
        // Without a link, an export is not ready, whatever the word for its state.
        var items = GetItems(response).OfType<DatabaseLogItem>().ToArray();
        return items.Where(IsExporting).Select(item => item.Status).FirstOrDefault()
            ?? (WaitMethod is { } wait && method != wait && !items.Any(HasLink) ? "CREATING" : null);

        static bool HasLink(DatabaseLogItem item) => (item.FileLink ?? item.DownloadUrl) is not null;

        static bool IsExporting(DatabaseLogItem item) =>
            !HasLink(item) && !string.IsNullOrWhiteSpace(item.Status) && !EndWords.Any(word => Is(item.Status, word));
    }

    private protected override ApiException? FindFailure(DatabaseLogsResponse response) => Is(response.Status, "FAILED")
        ? new ApiException(
            ErrorKind.NotReady, $"Huawei Cloud could not export {Subject} ('FAILED'); request it again later.")
        : null;

    private protected override IEnumerable<DatabaseLogItem?> GetItems(DatabaseLogsResponse response) =>
        response.Records ?? [];

    private protected override FileEntry ToEntry(DatabaseLogItem item, DateTimeOffset sent)
    {
        var call = GetCall(Id);
        long? size = WireValue.Kilobytes(WireValue.Number(item.FileSize) * call.KilobytesPerUnit);
        // "0" is also the size of a file that has some bytes.
        return new FileEntry(
            item.FileName, item.FileLink ?? item.DownloadUrl, size == 0 ? null : size, null, sent + call.LinkLifetime)
        {
            IsSizeOfBackup = false,
        };
    }

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
