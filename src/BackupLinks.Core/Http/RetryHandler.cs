using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Shims;

namespace BackupLinks.Http;

/// <summary>
/// Sends a request again when that can help: status 408, 429 and 5xx, a time-out, a failed or broken
/// connection. Every request that passes here may be sent twice without harm.
/// </summary>
internal sealed class RetryHandler(
    RequestSettings settings,
    TimeProvider time,
    HostClocks clocks,
    HostThrottle throttle,
    Func<double> random,
    IProgress<RequestReport>? progress) : DelegatingHandler
{
    private const HttpStatusCode TooManyRequests = (HttpStatusCode)429;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        for (int retry = 0; ; retry++)
        {
            await throttle.WaitAsync(address, cancellationToken).ConfigureAwait(false);
            var (response, failure) = await TryOnceAsync(request, cancellationToken).ConfigureAwait(false);
            if (response is not null && !IsWorthRetrying(response.StatusCode))
                return response;
            if (retry >= settings.MaximumRetryCount || failure is not null && IsFinal(failure))
                return response ?? throw GiveUp(address, failure!, retry + 1);

            var asked = response is null ? null : RetryDelay.FromHeader(response, clocks.GetUtcNow(address));
            var delay = asked ?? RetryDelay.Backoff(settings.RetryInterval, retry, random());
            if (response?.StatusCode == TooManyRequests)
                throttle.Hold(address, delay);
            string reason = response is null ? Describe(failure!) : $"HTTP {(int)response.StatusCode}";
            response?.Dispose();
            progress?.Report(new RequestReport(
                $"{request.Method} {PresignedUri.Redact(address)}: {reason}; retry {retry + 1} of {settings.MaximumRetryCount} in {delay.TotalSeconds:0.0} s."));
            await time.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(HttpResponseMessage? Response, Exception? Failure)> TryOnceAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return (await base.SendAsync(request, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception failure) when (
            failure is HttpRequestException or IOException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            return (null, failure);
        }
    }

    private static bool IsWorthRetrying(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or TooManyRequests || (int)status is >= 500 and <= 599;

    // A certificate that is refused now is refused in a second, too.
    private static bool IsFinal(Exception failure) => failure is HttpRequestException { InnerException: AuthenticationException };

    private static ApiException GiveUp(Uri address, Exception failure, int attempts)
    {
        string host = address.Authority;
        string tries = attempts == 1 ? "one attempt" : $"{attempts} attempts";
        return failure is TimeoutException
            ? new ApiException(
                ErrorKind.RequestTimeout,
                $"{host} gave no complete answer in time, in {tries}; check the network, or raise -TimeoutSec.", failure)
            : new ApiException(
                ErrorKind.ServiceUnavailable,
                $"{host} could not be reached, in {tries}: {Describe(failure)}; check the endpoint, the network and the proxy.", failure);
    }

    private static string Describe(Exception failure) =>
        failure is TimeoutException ? "no answer in time" : failure.GetBaseException().Message.TrimEnd('.');
}
