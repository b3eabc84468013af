using System;
using System.Collections.Concurrent;
using System.Net.Http;
using BackupLinks.Shims;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// The transport that the commands of one session share: connections (one pool a proxy), the hosts' clocks and
/// their rate limits. Disposing closes the connections.
/// </summary>
/// <param name="clock">The clock that everything here runs on.</param>
/// <param name="random">A random number from 0 to 1.</param>
/// <param name="connect">Makes the handler that connects to hosts; null for that of the framework.</param>
/// <param name="connectMachine">
/// Makes the handler that connects to the metadata service of this machine; null for that of the framework.
/// </param>
internal sealed class ApiTransport(
    Clock clock, Func<double> random, Func<RequestProxy, HttpMessageHandler>? connect = null,
    Func<HttpMessageHandler>? connectMachine = null) : IDisposable
{
    private readonly ConcurrentDictionary<ProxySettings, Lazy<ConnectionPool>> _pools = new();
    private readonly ConcurrentDictionary<Type, object> _memory = new();

    public ApiTransport()
        : this(Clock.System, SharedRandom.NextDouble)
    {
    }

    /// <summary>The clock that everything here runs on.</summary>
    public Clock Clock => clock;

    /// <summary>The time by each host's clock.</summary>
    public ClockSkewTracker Clocks { get; } = new(clock);

    private HostLimiters Throttle { get; } = new(clock);

    /// <summary>
    /// The request pipeline, outermost first: retries, credential, time-out of one attempt, bounded body, product and
    /// proxy, connection pool. A token is got before an attempt's time begins to run.
    /// </summary>
    /// <param name="settings">How patient to be.</param>
    /// <param name="proxy">Which way to go.</param>
    /// <param name="authentication">Adds the credential; null for requests without one.</param>
    /// <param name="scrubber">Knows the credential's secrets.</param>
    /// <param name="log">Told of retries.</param>
    /// <param name="provider">Knows the codes of errors that may pass; null for statuses only.</param>
    public HttpClient CreateClient(
        RequestSettings settings, ProxySettings proxy, AuthenticationHandler? authentication, SecretScrubber scrubber,
        RequestLog log, ApiConventions? provider = null)
    {
        var pool = Pool(proxy);
        var body = new BoundedBodyHandler { InnerHandler = pool.CreateHandler() };
        authentication ??= new AnonymousHandler();
        authentication.InnerHandler = new AttemptTimeoutHandler(clock, settings.AttemptTimeout) { InnerHandler = body };
        var retry = new RetryHandler(settings, clock, Clocks, Throttle, random, scrubber, log, pool.Proxy,
            provider) { InnerHandler = authentication };
        return new HttpClient(retry, disposeHandler: false) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>
    /// The way to files behind links: retries, and a time-out for the beginning of a response. The body is the
    /// caller's to read, as it comes.
    /// </summary>
    /// <param name="settings">How patient to be.</param>
    /// <param name="proxy">Which way to go.</param>
    /// <param name="scrubber">Knows the links' secrets.</param>
    /// <param name="log">Told of retries.</param>
    public HttpMessageInvoker CreateDownloadClient(
        RequestSettings settings, ProxySettings proxy, SecretScrubber scrubber, RequestLog log)
    {
        var pool = Pool(proxy);
        var attempt = new AttemptTimeoutHandler(clock, settings.AttemptTimeout) { InnerHandler = pool.CreateHandler() };
        var retry = new RetryHandler(
            settings, clock, Clocks, Throttle, random, scrubber, log, pool.Proxy) { InnerHandler = attempt };
        return new HttpMessageInvoker(retry, disposeHandler: false);
    }

    /// <summary>
    /// A handler that connects to the metadata service of this machine: directly, and to no other address.
    /// </summary>
    public HttpMessageHandler ConnectMachine() => connectMachine?.Invoke() ?? FrameworkHttp.CreateDirectHandler();

    /// <summary>The state that a provider keeps for the session, such as its tokens; made at its first use.</summary>
    public T Remember<T>()
        where T : new() => (T)_memory.GetOrAdd(typeof(T), static _ => new T());

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
        {
            if (pool.IsValueCreated)
                pool.Value.Dispose();
        }
    }

    /// <summary>Begins a command: what a proxy or a host refused to the last one, it may grant to this one.</summary>
    public void Begin(ProxySettings proxy)
    {
        Pool(proxy).Admission.Forget();
        Throttle.Begin();
    }

    private ConnectionPool Pool(ProxySettings proxy) =>
        _pools.GetOrAdd(proxy, key => new Lazy<ConnectionPool>(() => new ConnectionPool(key, connect))).Value;
}
