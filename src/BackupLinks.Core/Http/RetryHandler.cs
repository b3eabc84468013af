using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Shims;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// Sends a request again when that can help: status 408, 429 and 5xx, a provider's code that means the same under
/// another status, a time-out, a failed or broken connection. Every request that passes here may be sent twice without
/// harm. A host that is closed for longer than the command waits gets no retry.
/// </summary>
internal sealed class RetryHandler(
    RequestSettings settings,
    Clock clock,
    ClockSkewTracker clocks,
    HostLimiters throttle,
    Func<double> random,
    SecretScrubber scrubber,
    RequestLog log,
    RequestProxy? proxy = null,
    ApiConventions? provider = null) : DelegatingHandler
{
    private const int DescriptionLength = 160;

    // A resolver may err once; a name that is misspelt stays so.
    private const int RetriesOfAnUnknownName = 1;

    // One response must not close a host for a day.
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        var limits = RetryDelay.GetWaitLimits(settings);
        long turn = throttle.NextTurn();
        for (int retry = 0; ; retry++)
        {
            var (response, failure, delay) = await TryOnceAsync(
                request, turn, retry, limits, cancellationToken).ConfigureAwait(false);
            if (response is not null && (delay is null || throttle.IsOver(address, limits)))
                return response;
            int most = failure is not null && IsUnknownName(failure)
                ? Math.Min(RetriesOfAnUnknownName, settings.MaximumRetryCount)
                : settings.MaximumRetryCount;
            if (retry >= most || (failure is not null && IsFinal(failure)))
                return response ?? throw GiveUp(address, failure!, retry + 1);

            string reason = response is null ? Describe(address, failure!) : $"HTTP {(int)response.StatusCode}";
            response?.Dispose();
            var wait = delay ?? TimeSpan.Zero;
            string next = $"retry {retry + 1} of {most}";
            log.Tell?.Invoke(
                $"{request.Method} {PresignedUri.Redact(address)}: {reason}; {next} in {wait.TotalSeconds:0.0} s.");
            using (log.Waits.Add(clock.GetUtcNow() + wait, next, reason))
                await clock.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    // One attempt, when the host admits it, and the delay before the next; null for none.
    private async Task<(HttpResponseMessage? Response, Exception? Failure, TimeSpan? Delay)> TryOnceAsync(
        HttpRequestMessage request, long turn, int retry, HostWaitLimits limits, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        bool isProbe = await throttle.EnterAsync(
            address, turn, retry, limits, log.Waits, cancellationToken).ConfigureAwait(false);
        TimeSpan? hold = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            clocks.Observe(address, response);
            var meaning = await MeaningAsync(response).ConfigureAwait(false);
            var requested = meaning is null ? null : RetryDelay.FromHeader(response, clocks.GetUtcNow(address))
                ?? RetryDelay.FromMilliseconds(response, provider?.RetryAfterHeader);
            bool isTooLong = requested > limits.Hold;
            RetryAfterTime.Mark(
                response, isTooLong ? RetryAfterTime.Format(clock.GetUtcNow(), requested!.Value) : null);
            TimeSpan? delay = meaning is null ? null : requested ?? Backoff(retry);
            bool isUnavailable = response.StatusCode == HttpStatusCode.ServiceUnavailable;
            if (meaning == ErrorKind.Throttled || (requested is not null && isUnavailable))
                hold = delay < LongestHold ? delay : LongestHold;
            return (response, null, isTooLong ? null : delay);
        }
        catch (Exception failure) when (
            failure is HttpRequestException or IOException or TimeoutException
                && !cancellationToken.IsCancellationRequested)
        {
            return (null, failure, Backoff(retry));
        }
        finally
        {
            throttle.Leave(address, hold, isProbe);
        }
    }

    // The reason of a temporary failure; null for a final response.
    private async Task<ErrorKind?> MeaningAsync(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        429 => ErrorKind.Throttled,
        413 when ApiConventions.IsLimit(response) => ErrorKind.Throttled,
        // A retry does not help with a feature that the server lacks.
        501 or 505 => null,
        408 or (>= 500 and <= 599) => ErrorKind.ServiceUnavailable,
        _ => provider is null ? null : await provider.FindPassingErrorAsync(response).ConfigureAwait(false),
    };

    private TimeSpan Backoff(int retry) => RetryDelay.Backoff(settings.RetryInterval, retry, random());

    // A certificate that is refused now is refused in a second, too. A proxy that refuses a password counts them.
    private static bool IsFinal(Exception failure) =>
        failure is ProxyRefusedException || HasTooManyHeaders(failure)
        || FindCause<AuthenticationException>(failure) is not null;

    private static bool HasTooManyHeaders(Exception failure) =>
        failure is HttpRequestException e && FrameworkHttp.HasTooManyHeaders(e);

    // The resolver reported that the name does not exist. A resolver that did not respond may do so later.
    private static bool IsUnknownName(Exception failure) =>
        FindCause<SocketException>(failure) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }
        || FindCause<WebException>(failure) is { Status: WebExceptionStatus.NameResolutionFailure };

    // .NET Framework wraps it twice.
    private static T? FindCause<T>(Exception failure)
        where T : Exception
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
                return found;
        }

        return null;
    }

    // No inner exception: the framework quotes addresses and status lines in its messages, and those are not ours to
    // clean.
    private ApiException GiveUp(Uri address, Exception failure, int attempts)
    {
        string host = address.Authority;
        string? way = proxy?.Describe(address);
        string route = ProxyHandler.Route(way);
        string tries = attempts == 1 ? "one attempt" : $"{attempts} attempts";
        return failure switch
        {
            ProxyRefusedException refusal => new ApiException(ErrorKind.InvalidProxy, Explain(refusal, host, way)),
            TimeoutException => new ApiException(
                ErrorKind.RequestTimeout,
                $"{host} sent no complete response in time{route}, in {tries}; check the network, or raise "
                    + "-TimeoutSec.")
            {
                Route = route,
            },
            _ when HasTooManyHeaders(failure) => new ApiException(
                ErrorKind.InvalidResponse,
                $"{host} responded{route} with more headers than the 64 KB that are read; check the endpoint and the "
                    + "proxy."),
            _ when FindCause<CertificateException>(failure) is { } certificate => new ApiException(
                ErrorKind.ServiceUnavailable,
                $"{Untrusted(address, certificate)} is not trusted: "
                    + $"{ScreenText.Excerpt(certificate.Message, DescriptionLength)}; {certificate.Advice}."),
            _ => new ApiException(
                ErrorKind.ServiceUnavailable,
                $"{host} could not be reached{route}, in {tries}: {Describe(address, failure)}; check the endpoint, "
                    + "the network and the proxy."),
        };
    }

    // A proxy that is reached by TLS has a certificate, too.
    private string Untrusted(Uri address, CertificateException certificate) =>
        proxy?.Find(address) is { } way && certificate.Host == way.IdnHost && certificate.Host != address.IdnHost
            ? $"proxy {proxy.Describe(address)}"
            : address.Authority + ProxyHandler.Route(proxy?.Describe(address));

    private string Explain(ProxyRefusedException refusal, string host, string? way)
    {
        string named = way is null ? "a proxy" : "proxy " + way;
        string direct = proxy is { IsGiven: true } ? "omit -Proxy" : "list the host in NO_PROXY";
        return refusal switch
        {
            { Status: HttpStatusCode.ProxyAuthenticationRequired, HadCredential: true } =>
                $"{named} did not accept the credential (HTTP 407); pass another -ProxyCredential.",
            { Status: HttpStatusCode.ProxyAuthenticationRequired } =>
                $"{named} requires a credential (HTTP 407); pass -ProxyCredential.",
            _ => $"{named} refuses requests to {host} (HTTP {(int)refusal.Status}); "
                + $"request its permission for the host, pass another -Proxy, or {direct} if the host needs no proxy.",
        };
    }

    private string Describe(Uri address, Exception failure) => failure switch
    {
        TimeoutException => "no response in time",
        HttpRequestException e when FrameworkHttp.GetTunnelStatus(e) is { } status =>
            $"the proxy returned HTTP {(int)status}",
        _ => scrubber.ForRequests([address]).Excerpt(
            failure.GetBaseException().Message, DescriptionLength).TrimEnd('.'),
    };
}
