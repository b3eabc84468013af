using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Shims;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Asks stores for objects: GET only, because the signature covers the verb; redirects by hand, because each
/// must be as safe as the link; and every refusal as a typed error. No address goes into an error whole.
/// </summary>
/// <param name="http">The way to the stores.</param>
/// <param name="scrubber">Takes signatures out of what stores say.</param>
/// <param name="settings">How patient to be, and how careful.</param>
/// <param name="clock">The clock that retries wait by.</param>
/// <param name="log">Told of every request.</param>
internal sealed class DownloadClient(HttpMessageInvoker http, SecretScrubber scrubber, TransferSettings settings, Clock clock, RequestLog log)
{
    private const int MostRedirects = 5;
    private const int LongestRefusal = 16 * 1024;
    private const int MessageLength = 240;
    private static readonly StringWithQualityHeaderValue Identity = new("identity");

    /// <summary>
    /// Requests an object, or a part of it. Renews the link when that is what it takes, retries what passes, and sends a plainer
    /// request once where a store refuses a range or a condition.
    /// </summary>
    /// <param name="source">The object.</param>
    /// <param name="lease">Its link.</param>
    /// <param name="range">The part; null for all.</param>
    /// <param name="validator">The <see cref="ObjectValidator"/> that the object must still have; null for any.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>An answer with status 200, 206 or 416.</returns>
    /// <exception cref="BackupLinksException">The store refused or failed, or the link leads where it must not.</exception>
    public async Task<ObjectResponse> GetAsync(
        TransferSource source, RenewableLink lease, ByteRange? range, string? validator, CancellationToken cancellationToken)
    {
        var wanted = new ObjectRequest(range, validator);
        ObjectRequest? plainer = null;
        int retries = 0;
        while (true)
        {
            var link = await lease.GetAsync(cancellationToken).ConfigureAwait(false);
            var request = plainer ?? lease.Store.Limit(wanted);
            var hops = new List<Uri> { link.Uri };
            var response = await FollowAsync(source, hops, request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.PreconditionFailed && request.Validator is not null)
            {
                // The answer to the plain request tells whether the object was replaced, or the store cannot compare.
                response.Dispose();
                lease.Store.NoteFailedCondition();
                continue;
            }

            var answer = await ReadAsync(source, link, request, response, hops, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is not { } refusal)
            {
                lease.Store.NoteSuccess(wanted, request, answer.Object!.Part is not null);
                link.HasWorked = true;
                return answer.Object;
            }

            if (TransientStoreError.KindOf(refusal.Error.Code) is not null && refusal.IsOurs)
            {
                if (retries == settings.MaximumRetryCount || TimeToComeBack(refusal) is not null)
                    throw Refused(source, link, refusal);
                await PauseAsync(source, refusal, retries++, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (!refusal.SaysExpired && !lease.IsExpired(link) && lease.Store.Simplify(request, refusal.Status) is { } simpler)
            {
                plainer = simpler;
                continue;
            }

            if (plainer is not null)
                lease.Store.NoteRefusedPlain();
            plainer = null;
            if (refusal.IsAboutLink && await lease.TryRenewAsync(link, cancellationToken).ConfigureAwait(false))
                continue;
            throw refusal.IsAboutLink && (refusal.SaysExpired || lease.IsExpired(link)) && !lease.CanRenew
                ? Expired(source, refusal)
                : Refused(source, link, refusal);
        }
    }

    /// <summary>Refuses an address that would carry the file, or its link, over plain http to another machine.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InsecureUri"/>.</exception>
    public void RequireSafe(TransferSource source, Uri uri) => source.RequireSafe(uri, settings.AllowInsecure, settings.AllowIntranetHttp);

    // An object, or a refusal; a gateway may say 200, and put the reason why not into the file's place.
    private async Task<(ObjectResponse? Object, StoreRefusal? Refusal)> ReadAsync(
        TransferSource source, LinkVersion link, ObjectRequest request, HttpResponseMessage response, List<Uri> hops,
        CancellationToken cancellationToken)
    {
        bool isRefusal = response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent)
            && !(response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && request.Range is not null);
        if (isRefusal)
        {
            using (response)
            {
                string text = await ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
                return (null, new StoreRefusal(response, ApiErrorBody.Parse(text), null, scrubber.ForRequests(hops)));
            }
        }

        var answer = new ObjectResponse(link, response);
        try
        {
            if (answer.UnknownTransferCoding is { } coding)
                throw Unusable(source, response, $"the transfer coding '{scrubber.Excerpt(coding, 32)}', which no client can undo");
            if (await Inspection.FindErrorAsync(answer, source, settings.StallTimeout, cancellationToken).ConfigureAwait(false) is not { } document)
                return (answer, null);
            answer.Dispose();
            return document.Error.Code is null && document.Error.Message is null
                ? throw Unusable(source, response, $"{document.What} in the place of the file")
                : (null, new StoreRefusal(response, document.Error, document.What, scrubber.ForRequests(hops)));
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task PauseAsync(TransferSource source, StoreRefusal refusal, int retry, CancellationToken cancellationToken)
    {
        var delay = refusal.RetryAfter ?? RetryDelay.Backoff(settings.RetryInterval, retry, SharedRandom.NextDouble());
        log.Tell?.Invoke(
            $"{source.Subject}: {Detail(refusal).Trim(' ', '(', ')')}; retry {retry + 1} of {settings.MaximumRetryCount} in {delay.TotalSeconds:0.0} s.");
        using (log.Waits.Add(clock.GetUtcNow() + delay, $"retry {retry + 1} of {settings.MaximumRetryCount}", $"HTTP {refusal.Status}"))
            await clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> FollowAsync(
        TransferSource source, List<Uri> hops, ObjectRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var uri = hops[hops.Count - 1];
            RequireSafe(source, uri);
            var response = await SendAsync(source, uri, request, cancellationToken).ConfigureAwait(false);
            log.Tell?.Invoke(
                $"GET {PresignedUri.Redact(uri)}{(request.Range is { } part ? $" bytes {part.Start}-{part.End - 1}" : "")}: HTTP {(int)response.StatusCode}.");
            if ((int)response.StatusCode is < 300 or >= 400)
                return response;
            if (response.Headers.Location is null)
                return response; // the body says why
            using (response)
                hops.Add(Target(source, uri, response, hops.Count - 1));
        }
    }

    private static Uri Target(TransferSource source, Uri uri, HttpResponseMessage response, int redirects)
    {
        var location = response.Headers.Location!;
        if (!PresignedUri.TryParse(location.IsAbsoluteUri ? location.OriginalString : new Uri(uri, location).OriginalString, out var target))
        {
            throw Unusable(source, response, "a redirect to nowhere");
        }

        if (redirects == MostRedirects)
            throw Unusable(source, response, $"more than {MostRedirects} redirects");
        // A store that leads here, or to the services beside this machine, would have them requested in the caller's name.
        bool isHere = AddressRange.IsLoopback(target!) && !AddressRange.IsLoopback(uri);
        if (isHere || (AddressRange.IsLinkLocal(target!) && !target!.Host.Equals(uri.Host, StringComparison.OrdinalIgnoreCase)))
        {
            throw new BackupLinksException(
                ErrorKind.InsecureUri,
                $"{uri.Authority} redirects {source.Subject} to {target!.Authority}, {(isHere ? "which is this machine" : "a link-local address")}, "
                + "and the redirect is not followed; get a new link, or ask the owner of that host.");
        }

        if (uri.Scheme == Uri.UriSchemeHttps && target!.Scheme != Uri.UriSchemeHttps)
        {
            throw new BackupLinksException(
                ErrorKind.InsecureUri,
                $"{uri.Authority} redirects {source.Subject} from https to plain http on {target.Authority}, which is not followed; get a new link, or ask who runs that host.");
        }

        return target!;
    }

    private async Task<HttpResponseMessage> SendAsync(
        TransferSource source, Uri uri, ObjectRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, uri);
        message.Headers.AcceptEncoding.Add(Identity);
        if (request.Range is { } part)
            message.Headers.Range = new RangeHeaderValue(part.Start, part.End - 1);
        if (request.Validator is { } validator)
            ObjectValidator.Require(message, validator);
        try
        {
            return await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind == ErrorKind.RequestTimeout)
        {
            throw new ApiException(
                ErrorKind.Stalled,
                $"{uri.Authority} did not begin to answer in time{e.Route} with {source.Subject}; check the network, or raise -StallTimeoutSec.");
        }
        catch (ApiException e)
        {
            throw new ApiException(e.Kind, $"Could not download {source.Subject}: {e.Message}");
        }
    }

    private static async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LongestRefusal];
        int length = 0;
        try
        {
            using var body = await HttpBody.OpenAsync(response.Content, cancellationToken).ConfigureAwait(false);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            while (length < buffer.Length)
            {
                byte[] rest = length == 0 ? buffer : new byte[buffer.Length - length];
                int count = await HttpBody.ReadAsync(body, rest, rest.Length, patience.Token).ConfigureAwait(false);
                if (count == 0)
                    break;
                if (rest != buffer)
                    Array.Copy(rest, 0, buffer, length, count);
                length += count;
            }
        }
        catch (Exception e) when (e is HttpRequestException or System.IO.IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The status says enough.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static ApiException Expired(TransferSource source, StoreRefusal refusal) => Create(
        ErrorKind.LinkExpired, refusal,
        $"The link to {source.Subject} has expired{Detail(refusal)}, and it does not say whom to ask for another; get a new link and run the command again.");

    // The pipeline below knows by the status; the codes are known here.
    private string? TimeToComeBack(StoreRefusal refusal) =>
        refusal.RetryAfterTime is null && TransientStoreError.KindOf(refusal.Error.Code) is not null
        && refusal.RetryAfter is { } wait && wait > RetryDelay.LongestHold(settings.RetryInterval)
            ? RetryAfterTime.Format(clock.GetUtcNow(), wait)
            : refusal.RetryAfterTime;

    private ApiException Refused(TransferSource source, LinkVersion link, StoreRefusal refusal)
    {
        string detail = Detail(refusal);
        string host = link.Uri.Authority;
        if (TimeToComeBack(refusal) is { } time)
            return Create(ErrorKind.Throttled, refusal, $"{host} limits requests for {source.Subject}{detail}; try again after {time}.");
        if (refusal.Document is { } document)
        {
            return Create(
                refusal.KindOfCode ?? ErrorKind.InvalidResponse, refusal,
                $"{host} returned {document} in the place of {source.Subject}{detail}; get a new link, and try again later if it stays so.");
        }

        var (kind, message) = refusal.Status switch
        {
            401 or 403 or 410 => (ErrorKind.AccessDenied,
                $"{host} refuses {(link.Number > 0 ? "the new link, too," : "the link")} to {source.Subject}{detail}; check that the object is not archived and that its owner lets this account read it."),
            404 => (ErrorKind.NotFound, $"{host} has no object for {source.Subject}{detail}; check that the backup still exists."),
            407 => (ErrorKind.InvalidProxy, $"The proxy did not let the request for {source.Subject} through{detail}; pass another -ProxyCredential, or another -Proxy."),
            429 => (ErrorKind.Throttled, $"{host} is still limiting requests for {source.Subject}{detail}; lower -ThrottleLimit or -SegmentCount, or try again in a few minutes."),
            408 or >= 500 => (ErrorKind.ServiceUnavailable, $"{host} failed on {source.Subject}{detail}; try again later."),
            >= 400 when TransientStoreError.KindOf(refusal.Error.Code) is { } passing => (passing, $"{host} failed on {source.Subject}{detail}; try again later."),
            >= 400 => (ErrorKind.InvalidRequest, $"{host} does not take the request for {source.Subject}{detail}; get a new link."),
            >= 300 => (ErrorKind.InvalidResponse, $"{host} redirects the request for {source.Subject} without an address{detail}; get a new link from the region that the bucket is in."),
            _ => (ErrorKind.InvalidResponse, $"{host} answered the request for {source.Subject} with something that is no file{detail}; get a new link."),
        };
        return Create(kind, refusal, message);
    }

    private static ApiException Unusable(TransferSource source, HttpResponseMessage response, string what) => new(
        ErrorKind.InvalidResponse, $"{response.RequestMessage?.RequestUri?.Authority} answered the request for {source.Subject} with {what}; get a new link.")
    {
        StatusCode = response.StatusCode,
    };

    private static ApiException Create(ErrorKind kind, StoreRefusal refusal, string message) => new(kind, message)
    {
        StatusCode = (HttpStatusCode)refusal.Status,
        ErrorCode = refusal.Error.Code is null ? null : refusal.Cleaner.Excerpt(refusal.Error.Code, 64),
        RequestId = refusal.Error.RequestId is null ? null : refusal.Cleaner.Excerpt(refusal.Error.RequestId, 64),
    };

    private static string Detail(StoreRefusal refusal)
    {
        string text = refusal.Cleaner.Excerpt($"{refusal.Error.Code} {refusal.Error.Message}".Trim(), MessageLength).TrimEnd('.');
        return text.Length == 0 ? $" (HTTP {refusal.Status}{refusal.Route})" : $" (HTTP {refusal.Status}{refusal.Route}, {text})";
    }
}
