using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud;
using BackupLinks.Providers;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Requests of one service of Huawei Cloud, to the sandbox, or to responses in its place.</summary>
public abstract class HuaweiServiceTest(ConformanceSandbox sandbox) : ConformanceTest(sandbox), IDisposable
{
    private readonly Queue<(string Body, int Status)> _responses = [];
    private (string Body, int Status)? _lastResponse;
    private CloudUnderTest? _cloud;

    private protected abstract BackupService Service { get; }

    private protected CloudUnderTest Cloud => _cloud ??= Open();

    /// <summary>The requests: method, path and query, body.</summary>
    private protected IReadOnlyList<(string Method, string Target, string Body)> Requests =>
        [.. Cloud.Network.Requests.Select(request => (request.Method, request.Address.PathAndQuery, request.Body))];

    public void Dispose()
    {
        _cloud?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Responds to every request, or to so many, with a body; to those after them, the sandbox does.</summary>
    private protected void Respond(string body, int status = 200, int? count = null)
    {
        if (count is null)
            _lastResponse = (body, status);
        for (int i = 0; i < count; i++)
            _responses.Enqueue((body, status));
    }

    /// <summary>The last request, without the version and the project.</summary>
    private protected (string Method, string Target) LastRequest()
    {
        var request = Requests[^1];
        string start = $"/{((HuaweiService)Service).Hosts.Name}/v3/{HuaweiSamples.ProjectId}/";
        Assert.StartsWith(start, request.Target);
        return (request.Method, request.Target[start.Length..]);
    }

    /// <summary>Sends a request and reads all of its pages.</summary>
    private protected async Task<IReadOnlyList<T>> ReadAsync<T>(ServiceRequest<T> request)
        where T : class
    {
        var (results, problems) = await ReadWithProblemsAsync(request);
        Assert.Empty(problems);
        return results;
    }

    /// <summary>Sends a request and reads all of its pages, and the errors of their entries.</summary>
    private protected async Task<(IReadOnlyList<T> Results, IReadOnlyList<BackupLinksException> Problems)>
        ReadWithProblemsAsync<T>(ServiceRequest<T> request)
        where T : class
    {
        var reading = await Cloud.ReadAsync(request);
        return reading.Failure is { } failure ? throw failure : ([.. reading.Results.Cast<T>()], reading.Problems);
    }

    /// <summary>Sends a request that fails.</summary>
    private protected async Task<ApiException> FailAsync<T>(ServiceRequest<T> request)
        where T : class => await Assert.ThrowsAsync<ApiException>(() => ReadAsync(request));

    private CloudUnderTest Open()
    {
        var cloud = new CloudUnderTest(Sandbox, Service);
        cloud.Network.Respond = (_, _) =>
            (_responses.TryDequeue(out var next) ? next : _lastResponse) is (var body, var status)
                ? TestNetwork.Response(status, body) : null;
        return cloud;
    }
}
