using System;
using System.Net.Http;
using BackupLinks.Shims;

namespace BackupLinks.Http;

/// <summary>The connections of one proxy setting, and what is known of that proxy. Disposing closes them.</summary>
internal sealed class ConnectionPool : IDisposable
{
    private readonly HttpMessageHandler _connections;

    /// <summary>Creates a pool; nothing is connected yet.</summary>
    public ConnectionPool(ProxySettings settings)
    {
        Proxy = new RequestProxy(settings, Environment.GetEnvironmentVariable, static () => FrameworkHttp.SystemProxy);
        _connections = FrameworkHttp.CreateHandler(Proxy);
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
