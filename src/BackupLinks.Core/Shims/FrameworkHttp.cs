using System;
using System.Net;
using System.Net.Http;
using BackupLinks.Http;

namespace BackupLinks.Shims;

/// <summary>The framework's own HTTP handler, set up alike on both frameworks.</summary>
internal static class FrameworkHttp
{
    // Long enough to reuse connections through a run of 500 backups, short enough to follow a DNS change.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

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
            ConnectTimeout = TimeSpan.FromSeconds(15),
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
        // HttpClientHandler has no connection lifetime of its own on .NET Framework.
        ServicePointManager.DnsRefreshTimeout = (int)ConnectionLifetime.TotalMilliseconds;
#endif
        if (proxy.Address is not null)
            handler.Proxy = new WebProxy(proxy.Address) { Credentials = proxy.Credentials };
        else
            handler.DefaultProxyCredentials = proxy.Credentials;

        return handler;
    }
}
