using System;
using System.Net;
using System.Net.Http;
#if NET8_0_OR_GREATER
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
#else
using System.Globalization;
using System.Security.Authentication;
using System.Text.RegularExpressions;
#endif
using BackupLinks.Http;

namespace BackupLinks.Shims;

/// <summary>The framework's own HTTP handler, set up alike on both frameworks.</summary>
internal static class FrameworkHttp
{
#if NET8_0_OR_GREATER
    // Long enough to reuse connections through a run of 500 backups, short enough to follow a DNS change. .NET
    // Framework looks a name up again every two minutes by itself.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

#endif
    /// <summary>The proxy of the process, or else of the system; null for none.</summary>
    public static IWebProxy? SystemProxy =>
#if NET8_0_OR_GREATER
        HttpClient.DefaultProxy;
#else
        WebRequest.DefaultWebProxy;
#endif

    /// <summary>
    /// A handler that follows no redirect, keeps no cookie, and trusts the certificates that the system trusts.
    /// </summary>
    /// <param name="proxy">The way to each host.</param>
    /// <remarks>
    /// .NET Framework opens its connections itself, one address after the other, and gives no place to do it otherwise:
    /// there, an IPv6 address that swallows packets costs the system's time-out, and each attempt begins with the
    /// same address. Only the process could prefer IPv4, and it is not this module's to set up.
    /// </remarks>
    public static HttpMessageHandler CreateHandler(RequestProxy proxy)
    {
#if NET8_0_OR_GREATER
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
            MaxConnectionsPerServer = int.MaxValue,
            ConnectCallback = FrameworkSockets.ConnectAsync,
            Proxy = proxy,
            SslOptions =
            {
                RemoteCertificateValidationCallback = static (sender, certificate, chain, errors) => ServerCertificate.Require(
                    certificate as X509Certificate2, chain, errors, (sender as SslStream)?.TargetHostName, DateTimeOffset.UtcNow),
            },
        };
#else
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            MaxConnectionsPerServer = 512,
            Proxy = proxy,
            ServerCertificateCustomValidationCallback = static (request, certificate, chain, errors) => ServerCertificate.Require(
                certificate, chain, errors, request.RequestUri?.Host, DateTimeOffset.UtcNow),
        };
        // Windows PowerShell may still run with SSL 3 and TLS 1.0; that is its process's setting, not to be changed for others.
        if (ServicePointManager.SecurityProtocol != 0)
            handler.SslProtocols = SslProtocols.Tls12;
        return handler;
#endif
    }

    /// <summary>
    /// The status with which a proxy refused a tunnel; 407 where a SOCKS proxy does not accept the credential; null for
    /// any other failure.
    /// </summary>
    public static HttpStatusCode? GetTunnelStatus(HttpRequestException failure)
    {
#if NET8_0_OR_GREATER
        if (failure.HttpRequestError != HttpRequestError.ProxyTunnelError)
            return null;
        if (failure.StatusCode is { } status)
            return status;
        // "Failed to authenticate with the SOCKS server.", "... requested username & password authentication."
        return failure.GetBaseException().Message.Contains("authenticat", StringComparison.OrdinalIgnoreCase)
            ? HttpStatusCode.ProxyAuthenticationRequired
            : null;
#else
        // .NET Framework has the proxy's answer in the inner exception, .NET has its status in the message alone.
        if (failure.InnerException is WebException { Response: HttpWebResponse answer })
            return answer.StatusCode;
        var status = Regex.Match(failure.Message, @"^The proxy tunnel request .* failed with status code '(?<status>\d{3})'", RegexOptions.CultureInvariant);
        return status.Success ? (HttpStatusCode)int.Parse(status.Groups["status"].Value, CultureInfo.InvariantCulture) : null;
#endif
    }
}
