using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Http;

/// <summary>
/// Distinguishes a proxy's refusal from a host's, and notes on each response the proxy that it came through. A
/// refusal of the tunnel (CONNECT) arrives as a failed connection, and would be retried.
/// </summary>
internal sealed class ProxyHandler(RequestProxy proxy, ProxyAdmission admission) : DelegatingHandler
{
    // It exists only inside this process.
    private const string RouteHeader = "X-BackupLinks-Proxy";

    /// <summary>
    /// The proxy of a response, as the end of a part of a sentence: " through proxy http://p:8080"; or nothing.
    /// </summary>
    public static string Route(HttpResponseMessage response) =>
        response.Headers.TryGetValues(RouteHeader, out var values) ? Route(string.Concat(values)) : "";

    /// <summary>The same for a proxy.</summary>
    /// <param name="proxy">The proxy; null for none.</param>
    public static string Route(string? proxy) => proxy is null ? "" : " through proxy " + proxy;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (proxy.Find(request.RequestUri!) is not { } way)
        {
            var direct = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            direct.Headers.Remove(RouteHeader);
            return direct;
        }

        return proxy.HasCredential(way)
            ? await admission.SendAsync(
                () => SendAsync(request, true, cancellationToken), cancellationToken).ConfigureAwait(false)
            : await SendAsync(request, false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, bool hasCredential, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            // .NET Framework has neither SOCKS nor TLS to a proxy.
            throw new ApiException(
                ErrorKind.InvalidProxy,
                $"this PowerShell does not support proxy {proxy.Describe(request.RequestUri!)}; "
                + "pass one that begins with http://, or use PowerShell 7.");
        }
        catch (HttpRequestException e) when (FrameworkHttp.GetTunnelStatus(e) is { } status && IsFinal(status))
        {
            throw new ProxyRefusedException(status, hasCredential);
        }

        if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
        {
            response.Dispose();
            throw new ProxyRefusedException(HttpStatusCode.ProxyAuthenticationRequired, hasCredential);
        }

        response.Headers.Remove(RouteHeader);
        response.Headers.TryAddWithoutValidation(RouteHeader, proxy.Describe(request.RequestUri!));
        return response;
    }

    // A proxy without tunnels says 501 or 505.
    private static bool IsFinal(HttpStatusCode status) =>
        (int)status is (>= 300 and < 500 and not (408 or 429)) or 501 or 505;
}
