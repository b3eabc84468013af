using System;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
#if !NET8_0_OR_GREATER
using System.Globalization;
using System.Security.Authentication;
using System.Text.RegularExpressions;
#endif

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

    /// <summary>A handler that follows no redirect, keeps no cookie, and uses no proxy.</summary>
    public static HttpMessageHandler CreateDirectHandler() =>
        new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };

    /// <summary>
    /// A handler that follows no redirect, keeps no cookie, and trusts the certificates that the system trusts.
    /// </summary>
    /// <param name="proxy">The way to each host.</param>
    /// <param name="requireTrust">
    /// Takes a certificate, its chain, the system's verdict and the host; false, or an exception, to refuse it.
    /// </param>
    /// <param name="race">Connects to the first of several addresses that accepts.</param>
    /// <remarks>
    /// .NET Framework opens its connections itself, one address after the other, and has no hook for it. There, an IPv6
    /// address that drops packets costs the system's time-out. Each attempt begins with the same address. Only the
    /// process could prefer IPv4, and this module does not configure the process.
    /// </remarks>
    public static HttpMessageHandler CreateHandler(
        IWebProxy proxy, Func<X509Certificate2?, X509Chain?, SslPolicyErrors, string?, bool> requireTrust,
        ConnectAny race)
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
            ConnectCallback = (context, stop) => FrameworkSockets.ConnectAsync(context, race, stop),
            Proxy = proxy,
            SslOptions =
            {
                RemoteCertificateValidationCallback = (sender, certificate, chain, errors) => requireTrust(
                    certificate as X509Certificate2, chain, errors, (sender as SslStream)?.TargetHostName),
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
            ServerCertificateCustomValidationCallback = (request, certificate, chain, errors) => requireTrust(
                certificate, chain, errors, request.RequestUri?.Host),
        };
        // Windows PowerShell may still run with SSL 3 and TLS 1.0; that is its process's setting, not to be changed for
        // others.
        if (ServicePointManager.SecurityProtocol != 0)
            handler.SslProtocols = SslProtocols.Tls12;
        return handler;
#endif
    }

    /// <summary>True for a response that has more bytes of headers than the framework reads.</summary>
    public static bool HasTooManyHeaders(HttpRequestException failure)
    {
#if NET8_0_OR_GREATER
        return failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded;
#else
        // .NET Framework has the status in the inner exception, .NET has it in the message alone.
        return failure.InnerException is WebException { Status: WebExceptionStatus.MessageLengthLimitExceeded }
            || failure.Message.IndexOf("headers length exceeded", StringComparison.Ordinal) >= 0;
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
        // .NET Framework has the proxy's response in the inner exception, .NET has its status in the message alone.
        if (failure.InnerException is WebException { Response: HttpWebResponse response })
            return response.StatusCode;
        const string Pattern = @"^The proxy tunnel request .* failed with status code '(?<status>\d{3})'";
        var status = Regex.Match(failure.Message, Pattern, RegexOptions.CultureInvariant).Groups["status"];
        return status.Success ? (HttpStatusCode)int.Parse(status.Value, CultureInfo.InvariantCulture) : null;
#endif
    }
}
