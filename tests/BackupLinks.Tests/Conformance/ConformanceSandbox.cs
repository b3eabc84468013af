using System.Collections.Generic;
using System.Threading.Tasks;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Conformance;

/// <summary>The sandbox of the suites, and the good response to each request, which is fetched once.</summary>
public sealed class ConformanceSandbox : IAsyncLifetime
{
    private readonly Dictionary<string, string> _bodies = [];

    internal SandboxServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await SandboxServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>The body of the sandbox's response to a request with the sample ids.</summary>
    internal async Task<string> GetGoodBodyAsync(RequestCase request)
    {
        if (!_bodies.TryGetValue(request.Name, out string? body))
        {
            using var cloud = new CloudUnderTest(this, request.Service);
            await cloud.ReadAsync(request);
            // Another list that the request needs beside does not have its id.
            string? id = request.SampleIds.BackupId;
            int own = request.Kind is null || id is null
                ? -1 : cloud.Network.Requests.FindLastIndex(sent => ConformanceTest.Has(sent, id));
            _bodies.Add(request.Name, body = own < 0 ? cloud.Network.Bodies[^1] : cloud.Network.Bodies[own]);
        }

        return body;
    }
}
