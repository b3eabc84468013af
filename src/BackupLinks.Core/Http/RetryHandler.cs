using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>
/// Sends a request again when that can help: status 408, 429 and 5xx, a time-out, a failed or broken
/// connection. Every request that passes here may be sent twice without harm.
/// </summary>
internal sealed class RetryHandler(
    RequestSettings settings,
    Clock clock,
    HostClocks clocks,
    HostThrottle throttle,
    Func<double> random,
    SecretScrubber scrubber,
    RequestLog log) : DelegatingHandler
{
    private const HttpStatusCode TooManyRequests = (HttpStatusCode)429;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        long turn = throttle.NextTurn();
        for (int retry = 0; ; retry++)
        {
            var (response, failure, delay) = await TryOnceAsync(request, turn, retry, cancellationToken).ConfigureAwait(false);
            if (response is not null && !IsWorthRetrying(response.StatusCode))
                return response;
            if (retry >= settings.MaximumRetryCount || (failure is not null && IsFinal(failure)))
                return response ?? throw GiveUp(address, failure!, retry + 1);

            string reason = response is null ? Describe(address, failure!) : $"HTTP {(int)response.StatusCode}";
            response?.Dispose();
            log.Tell?.Invoke(
                $"{request.Method} {PresignedUri.Redact(address)}: {reason}; retry {retry + 1} of {settings.MaximumRetryCount} in {delay.TotalSeconds:0.0} s.");
            await clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    // One attempt, when the host may be asked, and how long to wait if there is to be another.
    private async Task<(HttpResponseMessage? Response, Exception? Failure, TimeSpan Delay)> TryOnceAsync(
        HttpRequestMessage request, long turn, int retry, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        await throttle.EnterAsync(address, turn, retry, cancellationToken).ConfigureAwait(false);
        TimeSpan? hold = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            clocks.Observe(address, response);
            var delay = RetryDelay.FromHeader(response, clocks.GetUtcNow(address)) ?? Backoff(retry);
            hold = response.StatusCode == TooManyRequests ? delay : null;
            return (response, null, delay);
        }
        catch (Exception failure) when (
            failure is HttpRequestException or IOException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            return (null, failure, Backoff(retry));
        }
        finally
        {
            throttle.Leave(address, hold);
        }
    }

    private TimeSpan Backoff(int retry) => RetryDelay.Backoff(settings.RetryInterval, retry, random());

    private static bool IsWorthRetrying(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or TooManyRequests || (int)status is >= 500 and <= 599;

    // A certificate that is refused now is refused in a second, too.
    private static bool IsFinal(Exception failure) => failure is HttpRequestException { InnerException: AuthenticationException };

    // No inner exception: the framework quotes addresses and status lines in its messages, and those are not ours to
    // clean.
    private ApiException GiveUp(Uri address, Exception failure, int attempts)
    {
        string host = address.Authority;
        string tries = attempts == 1 ? "one attempt" : $"{attempts} attempts";
        return failure is TimeoutException
            ? new ApiException(
                ErrorKind.RequestTimeout,
                $"{host} gave no complete answer in time, in {tries}; check the network, or raise -TimeoutSec.")
            : new ApiException(
                ErrorKind.ServiceUnavailable,
                $"{host} could not be reached, in {tries}: {Describe(address, failure)}; check the endpoint, the network and the proxy.");
    }

    private string Describe(Uri address, Exception failure) =>
        failure is TimeoutException ? "no answer in time" : scrubber.ForRequests([address]).Excerpt(failure.GetBaseException().Message, 160).TrimEnd('.');
}
