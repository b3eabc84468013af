using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Sandbox.Providers;
using BackupLinks.Sandbox.Routes;
using BackupLinks.Sandbox.TencentCloud;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BackupLinks.Sandbox;

/// <summary>
/// The clouds on loopback: IAM and services of Huawei Cloud, and the services of Capital Online, Alibaba Cloud and
/// Tencent Cloud, with the object stores behind the links, all under one address. It checks signatures, tokens, clocks
/// and links with code of its own, as the vendors document them; where they document nothing, it is the stricter.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private const int MostRequestsKept = 10_000;

    /// <summary>The clouds. One more is added here, and nowhere else.</summary>
    internal static readonly IReadOnlyList<ISandboxProvider> Providers =
        [new TencentSandbox(), new AlibabaSandbox(), new CapitalOnlineSandbox(), new HuaweiSandbox()];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SandboxRequest> _requests = new();
    private int _connections;
    private long _objectBytesSent;
    private readonly ConcurrentDictionary<string, long> _sentOf = new();
    private int _active;
    private int _mostActive;

    private SandboxServer(WebApplication app) => _app = app;

    /// <summary>The address: the endpoint of every service.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What is in the clouds.</summary>
    public SandboxCloud Cloud { get; } = new();

    /// <summary>The time in the clouds.</summary>
    public SandboxClock Clock { get; } = new();

    /// <summary>What goes wrong on purpose.</summary>
    public SandboxFaults Faults { get; } = new();

    /// <summary>How lists are cut into pages.</summary>
    public SandboxPaging Paging { get; set; } = new();

    /// <summary>How many bytes of objects were sent.</summary>
    public long ObjectBytesSent => Volatile.Read(ref _objectBytesSent);

    /// <summary>How many connections are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many requests have no response yet.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>The most requests that had no response yet at once.</summary>
    public int MostActive => Volatile.Read(ref _mostActive);

    /// <summary>The last 10,000 requests, in the order of their responses.</summary>
    public IReadOnlyCollection<SandboxRequest> Requests => _requests;

    /// <summary>Says how many bytes of objects were sent in all, before the next ones of a response are.</summary>
    public event Action<long>? ObjectBytesCounted;

    /// <summary>Starts the clouds.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 for any that is free.</param>
    public static async Task<SandboxServer> StartAsync(int port = 0)
    {
        // No file is watched: the system allows few watchers, and there may be many sandboxes.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        SandboxServer? server = null;
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port, listener => listener.Use(next => async connection =>
            {
                Interlocked.Increment(ref server!._connections);
                try
                {
                    await next(connection);
                }
                finally
                {
                    Interlocked.Decrement(ref server._connections);
                }
            }));
        });
        // The host of the process listens for Ctrl+C, not each sandbox in it.
        builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        var app = builder.Build();
        server = new SandboxServer(app);
        app.Use(server.HandleAsync);
        // Behind what takes the region out of the path.
        app.UseRouting();
        foreach (var provider in Providers)
            provider.Map(app, server);
        app.MapObjectStores(server);
        app.MapAdmin(server);
        await app.StartAsync();
        server.Address = new Uri(app.Urls.Single());
        return server;
    }

    /// <summary>A presigned link to an object, as a cloud would return it.</summary>
    /// <param name="item">The object.</param>
    /// <param name="lifetime">Its lifetime by the clock of the clouds; an hour when not given.</param>
    /// <param name="headers">
    /// Headers that are part of its signature, such as <c>Content-Type</c> or <c>x-obs-*</c>; null for none.
    /// </param>
    public Uri Presign(
        SandboxObject item, TimeSpan? lifetime = null, IReadOnlyDictionary<string, string>? headers = null) =>
        new(PresignedLink.Create(Address, item, Clock.UtcNow + (lifetime ?? TimeSpan.FromHours(1)), headers: headers));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>How many bytes of one object were sent.</summary>
    public long SentOf(SandboxObject item) => _sentOf.GetValueOrDefault(item.Key);

    /// <summary>Counts bytes of an object.</summary>
    internal void CountSent(SandboxObject item, int bytes)
    {
        long total = Interlocked.Add(ref _objectBytesSent, bytes);
        _sentOf.AddOrUpdate(item.Key, bytes, (_, before) => before + bytes);
        ObjectBytesCounted?.Invoke(total);
    }

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        RegionSegment.Remove(context.Request);
        if (AdminRoutes.Owns(context.Request.Path))
        {
            await next(context);
            return;
        }

        int active = Interlocked.Increment(ref _active);
        InterlockedMax(ref _mostActive, active);
        var started = Clock.UtcNow;
        string body = "";
        int isLogged = 0;
        // A caller with a response finds its request here.
        context.Response.OnStarting(() =>
        {
            Log();
            return Task.CompletedTask;
        });
        context.Response.Headers.Date = started.ToString("R", CultureInfo.InvariantCulture);
        context.Response.Headers[UnroutedRequest.RequestIdHeader(context.Request)] = Guid.NewGuid().ToString("N");
        try
        {
            body = await ReadBodyAsync(context.Request);
            if (!await Faults.StrikeAsync(context))
            {
                await next(context);
                await UnroutedRequest.CompleteAsync(context);
            }
        }
        finally
        {
            Log();
            Interlocked.Decrement(ref _active);
        }

        void Log()
        {
            if (Interlocked.Exchange(ref isLogged, 1) != 0)
                return;
            while (_requests.Count >= MostRequestsKept && _requests.TryDequeue(out _))
            {
            }

            _requests.Enqueue(new SandboxRequest(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body, started, context.Response.StatusCode));
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int known = Volatile.Read(ref target); value > known;)
        {
            int seen = Interlocked.CompareExchange(ref target, value, known);
            if (seen == known)
                return;
            known = seen;
        }
    }

    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy);
        request.Body.Position = 0;
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    private sealed class PassiveLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
