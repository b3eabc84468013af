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

namespace BackupLinks.Transfer;

/// <summary>
/// Asks stores for objects: GET only, because the signature covers the verb; redirects by hand, because each
/// must be as safe as the link; and every refusal as a typed error. No address goes into an error whole.
/// </summary>
/// <param name="http">The way to the stores.</param>
/// <param name="scrubber">Takes signatures out of what stores say.</param>
/// <param name="settings">How patient to be, and how careful.</param>
/// <param name="log">Told of every request.</param>
internal sealed class DownloadClient(HttpMessageInvoker http, SecretScrubber scrubber, TransferSettings settings, RequestLog log)
{
    private const int MostRedirects = 5;
    private const int LongestRefusal = 16 * 1024;
    private const int MessageLength = 240;
    private static readonly StringWithQualityHeaderValue Identity = new("identity");

    /// <summary>Asks for an object, or a part of it; renews the link when that is what it takes.</summary>
    /// <param name="source">What is asked for.</param>
    /// <param name="lease">Its link.</param>
    /// <param name="range">The part; null for all.</param>
    /// <param name="etag">The entity tag that the object must still have; null for any.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>An answer with status 200, 206, 412 or 416.</returns>
    /// <exception cref="BackupLinksException">The store refused or failed, or the link leads where it must not.</exception>
    public async Task<ObjectAnswer> GetAsync(
        TransferSource source, LinkLease lease, ByteRange? range, string? etag, CancellationToken cancellationToken)
    {
        while (true)
        {
            var link = await lease.GetAsync(cancellationToken).ConfigureAwait(false);
            var hops = new List<Uri> { link.Uri };
            var response = await FollowAsync(source, hops, range, etag, cancellationToken).ConfigureAwait(false);
            bool isRefusal = response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent
                or HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable);
            if (!isRefusal && !MayBeRefusal(source, response))
            {
                link.HasWorked = true;
                return new ObjectAnswer(link, response);
            }

            using (response)
            {
                var error = ApiErrorBody.Parse(await ReadTextAsync(response, cancellationToken).ConfigureAwait(false));
                // A store may send back what it was sent, and the signature is a secret.
                var cleaner = scrubber.ForRequests(hops);
                if (!isRefusal && error.Code is null)
                    throw Unusable(source, response, "a document that is no backup");
                bool saysExpired = Mentions(error, "expired") || response.StatusCode == HttpStatusCode.Gone;
                bool isAboutLink = saysExpired || response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized;
                if (isAboutLink && await lease.TryRenewAsync(link, cancellationToken).ConfigureAwait(false))
                    continue;
                throw isAboutLink && (saysExpired || lease.IsExpired(link)) && !lease.CanRenew
                    ? Expired(source, response, error, cleaner)
                    : Refusal(source, link, response, error, cleaner);
            }
        }
    }

    /// <summary>Refuses an address that would carry the file, or its link, over plain http to another machine.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InsecureUri"/>.</exception>
    public void RequireSafe(TransferSource source, Uri uri) => source.RequireSafe(uri, settings.AllowInsecure, settings.AllowIntranetHttp);

    // A gateway may say 200, and put the reason why not into the file's place.
    private static bool MayBeRefusal(TransferSource source, HttpResponseMessage response)
    {
        var headers = response.Content.Headers;
        return (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
            && headers.ContentType is { MediaType: "application/xml" or "text/xml" }
            && (headers.ContentLength is null || headers.ContentLength <= LongestRefusal)
            && !source.IsPage && source.ExpectedHash is null
            && (source.Size is null || source.Size != headers.ContentLength);
    }

    private async Task<HttpResponseMessage> FollowAsync(
        TransferSource source, List<Uri> hops, ByteRange? range, string? etag, CancellationToken cancellationToken)
    {
        while (true)
        {
            var uri = hops[hops.Count - 1];
            RequireSafe(source, uri);
            var response = await SendAsync(source, uri, range, etag, cancellationToken).ConfigureAwait(false);
            log.Tell?.Invoke(
                $"GET {PresignedUri.Redact(uri)}{(range is { } part ? $" bytes {part.Start}-{part.End - 1}" : "")}: HTTP {(int)response.StatusCode}.");
            if ((int)response.StatusCode is < 300 or >= 400)
                return response;
            using (response)
                hops.Add(Target(source, uri, response, hops.Count - 1));
        }
    }

    private static Uri Target(TransferSource source, Uri uri, HttpResponseMessage response, int redirects)
    {
        if (response.Headers.Location is not { } location
            || !PresignedUri.TryParse(location.IsAbsoluteUri ? location.OriginalString : new Uri(uri, location).OriginalString, out var target))
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
        TransferSource source, Uri uri, ByteRange? range, string? etag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.AcceptEncoding.Add(Identity);
        if (range is { } part)
            request.Headers.Range = new RangeHeaderValue(part.Start, part.End - 1);
        if (etag is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(etag));
        try
        {
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind == ErrorKind.RequestTimeout)
        {
            throw new ApiException(
                ErrorKind.Stalled,
                $"{uri.Authority} did not begin to answer in time with {source.Subject}; check the network, or raise -StallTimeoutSec.");
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

    private static bool Mentions(ApiErrorBody error, string word) =>
        (error.Message ?? "").IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0 || (error.Code ?? "").IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    private static ApiException Expired(TransferSource source, HttpResponseMessage response, ApiErrorBody error, SecretScrubber cleaner) => Create(
        ErrorKind.LinkExpired, response, error, cleaner,
        $"The link to {source.Subject} has expired{Detail(response, error, cleaner)}, and it does not say whom to ask for another; get a new link and run the command again.");

    private static ApiException Refusal(TransferSource source, LeasedLink link, HttpResponseMessage response, ApiErrorBody error, SecretScrubber cleaner)
    {
        string detail = Detail(response, error, cleaner);
        string host = link.Uri.Authority;
        var (kind, message) = (int)response.StatusCode switch
        {
            401 or 403 or 410 => (ErrorKind.AccessDenied,
                $"{host} refuses {(link.Number > 0 ? "the new link, too," : "the link")} to {source.Subject}{detail}; check that the object is not archived and that its owner lets this account read it."),
            404 => (ErrorKind.NotFound, $"{host} has no object for {source.Subject}{detail}; check that the backup still exists."),
            407 => (ErrorKind.InvalidProxy, $"The proxy did not let the request for {source.Subject} through{detail}; pass another -ProxyCredential, or another -Proxy."),
            429 => (ErrorKind.Throttled, $"{host} is still limiting requests for {source.Subject}{detail}; lower -ThrottleLimit or -SegmentCount, or try again in a few minutes."),
            408 or >= 500 => (ErrorKind.ServiceUnavailable, $"{host} failed on {source.Subject}{detail}; try again later."),
            200 or 206 => (ErrorKind.AccessDenied, $"{host} gives an error in the place of {source.Subject}{detail}; get a new link."),
            >= 400 => (ErrorKind.InvalidRequest, $"{host} does not take the request for {source.Subject}{detail}; get a new link."),
            _ => (ErrorKind.InvalidResponse, $"{host} answered the request for {source.Subject} with something that is no file{detail}; get a new link."),
        };
        return Create(kind, response, error, cleaner, message);
    }

    private static ApiException Unusable(TransferSource source, HttpResponseMessage response, string what) => new(
        ErrorKind.InvalidResponse, $"{response.RequestMessage?.RequestUri?.Authority} answered the request for {source.Subject} with {what}; get a new link.")
    {
        StatusCode = response.StatusCode,
    };

    private static ApiException Create(
        ErrorKind kind, HttpResponseMessage response, ApiErrorBody error, SecretScrubber cleaner, string message) => new(kind, message)
    {
        StatusCode = response.StatusCode,
        ErrorCode = error.Code is null ? null : cleaner.Excerpt(error.Code, 64),
        RequestId = error.RequestId is null ? null : cleaner.Excerpt(error.RequestId, 64),
    };

    private static string Detail(HttpResponseMessage response, ApiErrorBody error, SecretScrubber cleaner)
    {
        string text = cleaner.Excerpt($"{error.Code} {error.Message}".Trim(), MessageLength).TrimEnd('.');
        return text.Length == 0 ? $" (HTTP {(int)response.StatusCode})" : $" (HTTP {(int)response.StatusCode}, {text})";
    }
}
