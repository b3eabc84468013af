using System;
using System.Net.Http;
using System.Net.Sockets;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>The connections of one proxy setting, and what is known of that proxy. Disposing closes them.</summary>
internal sealed class ConnectionPool : IDisposable
{
    private readonly HttpMessageHandler _connections;

    /// <summary>Creates a pool; nothing is connected yet.</summary>
    /// <param name="settings">The proxy.</param>
    /// <param name="connect">Makes the handler that connects to hosts; null for that of the framework.</param>
    public ConnectionPool(ProxySettings settings, Func<RequestProxy, HttpMessageHandler>? connect)
    {
        Proxy = new RequestProxy(settings, Environment.GetEnvironmentVariable, static () => FrameworkHttp.SystemProxy);
        _connections = connect?.Invoke(Proxy) ?? FrameworkHttp.CreateHandler(
            Proxy,
            static (certificate, chain, errors, host) =>
                ServerCertificate.Require(certificate, chain, errors, host, Clock.System.GetUtcNow()),
            new ConnectionRace<Socket>(Clock.System).ConnectAsync);
    }

    /// <summary>The way to each host.</summary>
    public RequestProxy Proxy { get; }

    /// <summary>Whether the proxy accepts the credential.</summary>
    public ProxyAdmission Admission { get; } = new();

    /// <summary>The innermost handlers of a pipeline.</summary>
    public HttpMessageHandler CreateHandler() =>
        new ProductHandler { InnerHandler = new ProxyHandler(Proxy, Admission) { InnerHandler = _connections } };

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();
}
