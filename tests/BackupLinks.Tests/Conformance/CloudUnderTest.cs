using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// A session with one service over a <see cref="TestNetwork"/>, on a clock on which no wait takes time.
/// </summary>
internal sealed class CloudUnderTest : IDisposable
{
    private readonly ApiTransport _transport;

    /// <summary>Opens the session; nothing is sent yet.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="service">The service.</param>
    /// <param name="credential">The credential; null for one that the sandbox knows.</param>
    /// <param name="settings">How patient to be; null for no retries.</param>
    /// <param name="machine">
    /// Stands for the metadata service of this machine; null for a test in which nothing may be sent to it.
    /// </param>
    public CloudUnderTest(
        ConformanceSandbox sandbox, BackupService service, CredentialFields? credential = null,
        RequestSettings? settings = null, HttpMessageHandler? machine = null)
    {
        var sample = CloudSample.Of(service.Provider);
        Clock = new RunningClock();
        _transport = new ApiTransport(Clock, static () => 0.5, _ => Network, () => machine
            ?? throw new InvalidOperationException("The metadata service of this machine must not be asked."));
        var context = new RequestContext(
            _transport, settings ?? new RequestSettings { MaximumRetryCount = 0 }, new ProxySettings(null, null, null),
            new RequestLog(Lines.Add, Lines.Add));
        Session = service.Provider.OpenSession(
            service, sample.At(sandbox.Server.Address, service), credential ?? sample.Credential,
            new SecretReference(service.Provider.Credentials.SecretName, null), context);
    }

    /// <summary>The time; a wait moves it.</summary>
    public RunningClock Clock { get; }

    /// <summary>The network.</summary>
    public TestNetwork Network { get; } = new();

    /// <summary>What a user would see with <c>-Verbose</c>.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The session.</summary>
    public ServiceSession Session { get; }

    /// <summary>Sends a request with its sample ids, and reads all of its pages.</summary>
    public Task<Reading> ReadAsync(RequestCase request) => ReadAsync(request.Open(Session, request.SampleIds));

    /// <summary>Sends a request, and reads all of its pages.</summary>
    public Task<Reading> ReadAsync<T>(ServiceRequest<T> request)
        where T : class => ReadAsync(RequestCase.Read(request, Session));

    /// <summary>Reads a list to its end, or the links of one response.</summary>
    public static async Task<Reading> ReadAsync(Func<Task<IResultPage<object>>> next)
    {
        var reading = new Reading();
        try
        {
            IResultPage<object> page;
            do
            {
                page = await next();
                reading.Results.AddRange(page.Results);
                reading.Problems.AddRange(page.Problems);
                reading.Remark = page.Remark;
            }
            while (page.HasMore);
        }
        catch (BackupLinksException e)
        {
            reading.Failure = e;
        }

        return reading;
    }

    public void Dispose()
    {
        _transport.Dispose();
        Network.Dispose();
    }
}
