using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud;
using BackupLinks.Providers;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Requests of one service of Huawei Cloud, to a sandbox that may be told what to respond.</summary>
public abstract class HuaweiServiceTest : IAsyncLifetime
{
    private protected const string Project = SandboxCloud.ProjectId;

    // Waits take no time.
    private readonly ApiTransport _transport = new(new RunningClock(), static () => 0.5);

    private protected SandboxServer Server { get; private set; } = null!;

    private protected abstract BackupService Service { get; }

    private string Host => ((HuaweiService)Service).Hosts.Name;

    public async ValueTask InitializeAsync() => Server = await SandboxServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Responds to every request, or to so many, with a body.</summary>
    private protected void Respond(string body, int status = 200, int? count = null) =>
        Server.Faults.Add(new SandboxFault { Status = status, Body = body, Count = count });

    /// <summary>The last request, without the version and the project.</summary>
    private protected (string Method, string Target) LastRequest()
    {
        var request = Server.Requests.Last();
        string start = $"/{Host}/v3/{Project}/";
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
        var listing = request.Open(OpenSession());
        var results = new List<T>();
        var problems = new List<BackupLinksException>();
        IResultPage<T> page;
        do
        {
            page = await listing.NextAsync(TestContext.Current.CancellationToken);
            problems.AddRange(page.Problems);
            results.AddRange(page.Results);
        }
        while (page.HasMore);
        return (results, problems);
    }

    /// <summary>Sends a request that fails.</summary>
    private protected async Task<ApiException> FailAsync<T>(ServiceRequest<T> request)
        where T : class => await Assert.ThrowsAsync<ApiException>(() => ReadAsync(request));

    private protected ServiceSession OpenSession()
    {
        var settings = new SessionSettings
        {
            [CredentialFields.Region] = SandboxCloud.Region,
            [CredentialFields.ProjectId] = Project,
            [CredentialFields.Endpoint] = $"{Server.Address.GetLeftPart(UriPartial.Authority)}/{Host}",
        };
        var key = new CredentialFields(
            HuaweiCredential.Schema, "The secret 'Nightly'",
            [
                new("AccessKey", SandboxCloud.OperatorKey.AccessKey),
                new("SecretKey", SandboxCloud.OperatorKey.SecretKey),
            ]);
        var context = new RequestContext(
            _transport, new RequestSettings { MaximumRetryCount = 0 }, new ProxySettings(null, null, null),
            new RequestLog(null, static _ => { }));
        return HuaweiCloudProvider.Instance.OpenSession(
            Service, settings, key, new SecretReference("Nightly", null), context);
    }
}
