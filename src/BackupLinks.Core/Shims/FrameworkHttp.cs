#if NET8_0_OR_GREATER
using System;
#endif
using System.Net;
using System.Net.Http;
#if !NET8_0_OR_GREATER
using System.Security.Authentication;
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
    /// <summary>
    /// A handler that follows no redirect, keeps no cookie, and checks certificates as the system does.
    /// </summary>
    /// <param name="proxy">The proxy to use.</param>
    public static HttpMessageHandler CreateHandler(ProxySettings proxy)
    {
#if NET8_0_OR_GREATER
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
            MaxConnectionsPerServer = int.MaxValue,
        };
#else
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            MaxConnectionsPerServer = 512,
        };
        // Windows PowerShell may still run with SSL 3 and TLS 1.0; that is its process's setting, not to be changed for others.
        if (ServicePointManager.SecurityProtocol != 0)
            handler.SslProtocols = SslProtocols.Tls12;
#endif
        if (proxy.Address is not null)
            handler.Proxy = new WebProxy(proxy.Address) { Credentials = proxy.Credentials };
        else
            handler.DefaultProxyCredentials = proxy.Credentials;

        return handler;
    }
}
