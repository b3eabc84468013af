using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Shims;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Requests objects from stores. Only with GET, because the signature covers the verb; redirects are followed here,
/// because each must be as safe as the link. Every refusal is a typed error.
/// </summary>
/// <param name="http">The way to the stores.</param>
/// <param name="scrubber">Takes signatures out of the stores' words.</param>
/// <param name="settings">How patient to be, and how careful.</param>
/// <param name="clock">The clock that retries wait by.</param>
/// <param name="log">Takes a line for every request.</param>
internal sealed class DownloadClient(
    HttpMessageInvoker http, SecretScrubber scrubber, TransferSettings settings, Clock clock, RequestLog log)
{
    private const int LongestRefusal = 16 * 1024;
    private static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(5);
    private static readonly StringWithQualityHeaderValue Identity = new("identity");

    private readonly RefusalErrors _errors = new(clock.GetUtcNow, settings);

    /// <summary>
    /// Requests an object, or a part of it. Renews the link where the store wants another, retries transient errors,
    /// and sends a plainer request once where a store refuses a range or a condition.
    /// </summary>
    /// <param name="source">The object.</param>
    /// <param name="link">Its link.</param>
    /// <param name="range">The part; null for all.</param>
    /// <param name="validator">The <see cref="ObjectValidator"/> that the object must still have; null for any.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>A response with status 200, 206 or 416.</returns>
    /// <exception cref="BackupLinksException">
    /// The store refused or failed, or the link leads to an address that is not safe.
    /// </exception>
    public Task<ObjectResponse> GetAsync(
        TransferSource source, RenewableLink link, ByteRange? range, string? validator,
        CancellationToken cancellationToken) =>
        GetAsync(source, link, new ObjectRequest(range, validator), cancellationToken);

    /// <param name="source">The object.</param>
    /// <param name="link">Its link.</param>
    /// <param name="wanted">The request, as it is best.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <inheritdoc cref="GetAsync(TransferSource, RenewableLink, ByteRange?, string?, CancellationToken)"/>
    public async Task<ObjectResponse> GetAsync(
        TransferSource source, RenewableLink link, ObjectRequest wanted, CancellationToken cancellationToken)
    {
        ObjectRequest? plainer = null;
        int retries = 0;
        while (true)
        {
            var version = await link.GetAsync(cancellationToken).ConfigureAwait(false);
            var request = plainer ?? link.Store.Limit(wanted);
            var hops = new List<Uri> { version.Uri };
            var response = await FollowAsync(source, hops, request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotModified
                && request.Validator is not null)
            {
                // The response to a plain request tells whether the object was replaced, or the store cannot compare.
                response.Dispose();
                link.Store.NoteFailedCondition();
                continue;
            }

            var (found, refusal) = await ReadAsync(source, version, request, response, hops, cancellationToken)
                .ConfigureAwait(false);
            if (refusal is null)
            {
                link.Store.NoteSuccess(wanted, request, found!.Part is not null && request.Range is not null);
                version.HasWorked = true;
                return found;
            }

            if (refusal.IsPassing && refusal.IsOurs)
            {
                if (retries == settings.MaximumRetryCount || _errors.TimeToComeBack(refusal) is not null)
                    throw _errors.Refused(source, version, refusal);
                await PauseAsync(source, refusal, ++retries, cancellationToken).ConfigureAwait(false);
                // Another cache, or another connection, may have it.
                wanted = wanted with { IsRepeated = true };
                continue;
            }

            bool isExpired = refusal.IsAboutLink && (refusal.SaysExpired || link.IsExpired(version));
            var simpler = refusal.SaysExpired
                ? null : link.Store.Simplify(request, refusal.Status, version.Number);
            // A new link is the better guess where the old one seems to have expired; only the store knows.
            bool isRenewedFirst = isExpired && link.CanRenew;
            if (simpler is not null && !isRenewedFirst)
            {
                plainer = simpler;
                continue;
            }

            if (plainer is not null)
                link.Store.NoteRefusedPlain(version.Number);
            plainer = null;
            try
            {
                if (refusal.IsAboutLink && await link.TryRenewAsync(version, cancellationToken).ConfigureAwait(false))
                    continue;
            }
            catch (BackupLinksException e) when (e.Kind == ErrorKind.LinkRenewalFailed && simpler is not null)
            {
                // The link may still work with less.
            }
            catch (BackupLinksException e) when (e.Kind == ErrorKind.LinkRenewalFailed && !isExpired)
            {
                throw _errors.Refused(source, version, refusal, e.InnerException ?? e);
            }

            plainer = simpler;
            if (plainer is not null)
                continue;
            throw isExpired && !link.CanRenew
                ? RefusalErrors.Expired(source, refusal)
                : _errors.Refused(source, version, refusal);
        }
    }

    /// <summary>
    /// Refuses an address that would carry the file, or its link, over plain http to another machine.
    /// </summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InsecureUri"/>.</exception>
    public void RequireSafe(TransferSource source, Uri uri) =>
        source.RequireSafe(uri, settings.AllowInsecure, settings.AllowIntranetHttp);

    // An object, or a refusal; a gateway may return status 200, and the reason of its refusal in the place of the file.
    private async Task<(ObjectResponse? Object, StoreRefusal? Refusal)> ReadAsync(
        TransferSource source, LinkVersion link, ObjectRequest request, HttpResponseMessage response, List<Uri> hops,
        CancellationToken cancellationToken)
    {
        bool isUnsatisfiable =
            response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && request.Range is not null;
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent) && !isUnsatisfiable)
        {
            using (response)
            {
                string text = await ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
                return (null, new StoreRefusal(
                    link.Uri, response, ApiErrorBody.Parse(text), null, scrubber.ForRequests(hops)));
            }
        }

        // Without a Date, the time of receipt stands in for it (RFC 9110, 6.6.1).
        response.Headers.Date ??= clock.GetUtcNow();
        // A part that has the stated size of the object is all of it.
        bool isPart = request.Range is { } part && !(part.Start == 0 && source.HasSize(part.Length));
        var found = new ObjectResponse(link, response, isPart ? request.Range : null);
        try
        {
            if (found.UnknownTransferCoding is { } coding)
            {
                string name = scrubber.ForRequests(hops).Excerpt(coding, 32);
                throw RefusalErrors.Unusable(
                    source, response, $"the transfer coding '{name}', which no client can undo");
            }

            if (found.HasSeveralLengths)
                throw RefusalErrors.Unusable(source, response, "several lengths that differ");
            var document = await Inspection
                .FindErrorAsync(found, source, settings.StallTimeout, clock, cancellationToken).ConfigureAwait(false);
            if (document is { IsDoubt: true })
            {
                log.Warn(
                    $"{source.Subject} is {document.What} by its first bytes, and neither a size nor a hash shows "
                    + "whether that is the backup; it is saved. Look into it, or use Test-BackupFile.");
            }

            if (document is null or { IsDoubt: true })
                return (found, null);
            found.Dispose();
            if (document.Error.Code is null && document.Error.Message is null)
                throw _errors.Document(source, response, document.What);
            return (null, new StoreRefusal(
                link.Uri, response, document.Error, document.What, scrubber.ForRequests(hops)));
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    private async Task PauseAsync(
        TransferSource source, StoreRefusal refusal, int retry, CancellationToken cancellationToken)
    {
        string count = $"retry {retry} of {settings.MaximumRetryCount}";
        string reason = RefusalErrors.Detail(refusal).Trim(' ', '(', ')');
        var delay = refusal.RetryAfter
            ?? RetryDelay.Backoff(settings.RetryInterval, retry - 1, SharedRandom.NextDouble());
        log.Tell?.Invoke($"{source.Subject}: {reason}; {count} in {delay.TotalSeconds:0.0} s.");
        using (log.Waits.Add(clock.GetUtcNow() + delay, count, $"HTTP {refusal.Status}"))
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
            string part = request.Range is { } range ? $" bytes {range.Start}-{range.End - 1}" : "";
            log.Tell?.Invoke($"GET {Redirects.Redact(hops, scrubber)}{part}: HTTP {(int)response.StatusCode}.");
            if ((int)response.StatusCode is < 300 or >= 400)
                return response;
            if (!Redirects.HasTarget(response))
                return response; // the body has the reason
            using (response)
                hops.Add(Redirects.GetTarget(source, uri, response, hops.Count - 1));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        TransferSource source, Uri uri, ObjectRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, uri);
        message.Headers.AcceptEncoding.Add(Identity);
        if (request.IsRepeated)
            message.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
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
                $"{uri.Authority} did not begin to respond in time{e.Route} with {source.Subject}; "
                    + "check the network, or raise -StallTimeoutSec.");
        }
        catch (ApiException e)
        {
            throw new ApiException(e.Kind, $"Could not download {source.Subject}: {e.Message}");
        }
    }

    private async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LongestRefusal];
        int length = 0;
        try
        {
            using var body = await HttpBody.OpenAsync(response.Content, cancellationToken).ConfigureAwait(false);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            clock.CancelAfter(timeout, RefusalTimeout);
            while (length < buffer.Length)
            {
                byte[] rest = length == 0 ? buffer : new byte[buffer.Length - length];
                int count = await HttpBody.ReadAsync(body, rest, rest.Length, timeout.Token).ConfigureAwait(false);
                if (count == 0)
                    break;
                if (rest != buffer)
                    Array.Copy(rest, 0, buffer, length, count);
                length += count;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The status says enough.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
