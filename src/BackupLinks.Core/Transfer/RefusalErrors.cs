using System;
using System.Net;
using System.Net.Http;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.Transfer;

/// <summary>The errors of a store's refusals. None has an address with its signature.</summary>
/// <param name="now">The time, for the time to come back.</param>
/// <param name="settings">The first delay before a retry, and whether files are tested.</param>
internal sealed class RefusalErrors(Func<DateTimeOffset> now, TransferSettings settings)
{
    private const int MessageLength = 240;
    private const int CodeLength = 64;

    private ErrorKind KindOfDocument => settings.Test ? ErrorKind.NotABackup : ErrorKind.InvalidResponse;

    /// <summary>
    /// The time from which a store accepts requests again, when that is longer than a retry waits; else null. The
    /// request pipeline knows it by the status; the codes of stores are known here.
    /// </summary>
    public string? TimeToComeBack(StoreRefusal refusal) =>
        refusal.RetryAfterTime is null && TransientStoreError.KindOf(refusal.Error.Code) is not null
        && refusal.RetryAfter is { } wait && wait > RetryDelay.LongestHold(settings.RetryInterval)
            ? RetryAfterTime.Format(now(), wait)
            : refusal.RetryAfterTime;

    /// <summary>A link that has expired, of which no renewal is known.</summary>
    public static ApiException Expired(TransferSource source, StoreRefusal refusal) => Create(
        ErrorKind.LinkExpired, refusal,
        $"The link to {source.Subject} has expired{Detail(refusal)}, and does not name its provider; "
            + "get a new link and run the command again.");

    /// <summary>A refusal.</summary>
    /// <param name="source">The object.</param>
    /// <param name="link">The link that was refused.</param>
    /// <param name="refusal">The refusal.</param>
    /// <param name="renewal">Why no new link could be requested; null where none was.</param>
    public ApiException Refused(
        TransferSource source, LinkVersion link, StoreRefusal refusal, Exception? renewal = null)
    {
        string detail = Detail(refusal);
        if (renewal is not null)
            detail += $", and a new link could not be requested ({renewal.Message.TrimEnd('.')})";
        string host = refusal.Sender.Host;
        if (TimeToComeBack(refusal) is { } time)
        {
            return Create(
                ErrorKind.Throttled, refusal,
                $"{host} limits requests for {source.Subject}{detail}; try again after {time}.");
        }

        if (refusal.Document is { } document)
        {
            return Create(
                refusal.KindOfCode ?? KindOfDocument, refusal,
                $"{host} returned {document} in the place of {source.Subject}{detail}; "
                    + "get a new link, and try again later if it stays so.");
        }

        var (kind, problem, advice) = Explain(source, link, refusal, host);
        return Create(kind, refusal, $"{problem}{detail}; {advice}");
    }

    /// <summary>A page, or another document, that came in the place of the file.</summary>
    /// <param name="source">The object.</param>
    /// <param name="response">The response.</param>
    /// <param name="document">What it is, with its article.</param>
    public ApiException Document(TransferSource source, HttpResponseMessage response, string document) =>
        Unusable(source, response, $"{document} in the place of the file", KindOfDocument);

    /// <summary>A response that cannot be the file.</summary>
    public static ApiException Unusable(
        TransferSource source, HttpResponseMessage response, string what,
        ErrorKind kind = ErrorKind.InvalidResponse) => new(
        kind,
        $"{Responder.Of(response, source.Uri)} responded to the request for {source.Subject} with {what}; "
            + "get a new link.")
    {
        StatusCode = response.StatusCode,
    };

    /// <summary>The status, the route, and the words of a refusal, as a part of a sentence.</summary>
    public static string Detail(StoreRefusal refusal)
    {
        string text = $"{refusal.Error.Code} {refusal.Error.Message}".Trim();
        text = refusal.Cleaner.Excerpt(text, MessageLength).TrimEnd('.');
        string status = $"HTTP {refusal.Status}{refusal.Sender.Route}";
        return text.Length == 0 ? $" ({status})" : $" ({status}, {text})";
    }

    private static (ErrorKind Kind, string Problem, string Advice) Explain(
        TransferSource source, LinkVersion link, StoreRefusal refusal, string host) => refusal.Status switch
        {
            401 or 403 when link.HasWorked => (
                ErrorKind.AccessDenied,
                $"{host} refuses the link to {source.Subject}, which worked before",
                "it may be for one request only, so get a new link, and pass -SegmentCount 1."),
            401 or 403 or 410 => (
                ErrorKind.AccessDenied,
                $"{host} refuses {(link.Number > 0 ? "the new link, too," : "the link")} to {source.Subject}",
                "check that the object is not archived and that its owner lets this account read it."),
            404 => (
                ErrorKind.NotFound,
                $"{host} has no object for {source.Subject}",
                "check that the backup still exists."),
            304 => (
                ErrorKind.InvalidResponse,
                $"{host} sends no bytes of {source.Subject}, as if a copy of them were here",
                "check the proxy and its cache, and run the command again."),
            421 or 425 => (
                ErrorKind.ServiceUnavailable,
                $"{host} does not take the request for {source.Subject} on this connection",
                "check the proxy, and try again later."),
            407 => (
                ErrorKind.InvalidProxy, $"The proxy did not let the request for {source.Subject} through",
                "pass another -ProxyCredential, or another -Proxy."),
            429 => (
                ErrorKind.Throttled, $"{host} is still limiting requests for {source.Subject}",
                "lower -ThrottleLimit or -SegmentCount, or try again in a few minutes."),
            408 or >= 500 => (ErrorKind.ServiceUnavailable, $"{host} failed on {source.Subject}", "try again later."),
            >= 400 when TransientStoreError.KindOf(refusal.Error.Code) is { } transient => (
                transient, $"{host} failed on {source.Subject}", "try again later."),
            >= 400 => (
                ErrorKind.InvalidRequest,
                $"{host} does not accept the request for {source.Subject}",
                "get a new link."),
            >= 300 => (
                ErrorKind.InvalidResponse,
                $"{host} redirects the request for {source.Subject} without an address",
                "get a new link from the region that the bucket is in."),
            _ => (
                ErrorKind.InvalidResponse,
                $"{host} responded to the request for {source.Subject} with something that is not a file",
                "get a new link."),
        };

    private static ApiException Create(ErrorKind kind, StoreRefusal refusal, string message) => new(kind, message)
    {
        StatusCode = (HttpStatusCode)refusal.Status,
        ErrorCode = Clean(refusal, refusal.Error.Code),
        RequestId = Clean(refusal, refusal.Error.RequestId),
    };

    private static string? Clean(StoreRefusal refusal, string? text) =>
        text is null ? null : refusal.Cleaner.Excerpt(text, CodeLength);
}
