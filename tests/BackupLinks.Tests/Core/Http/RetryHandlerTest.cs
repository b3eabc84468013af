using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Http;

/// <summary>Sends requests through the handler, with responses out of a script and a clock of its own.</summary>
public abstract class RetryHandlerTest
{
    private protected static readonly Uri Address = new("https://host.example/path?Signature=secret");

    private protected readonly ManualClock _clock = new(advanceByItself: true);
    private protected readonly List<string> _reports = [];
    private protected TimeSpan _interval = TimeSpan.FromSeconds(2);
    private protected ApiConventions? _provider;

    private protected static Func<HttpResponseMessage> With(int status, string header, string value) => () =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.TryAddWithoutValidation(header, value);
        return response;
    };

    private protected static Func<HttpResponseMessage> Status(int status) => () =>
        new HttpResponseMessage((HttpStatusCode)status);

    private protected static Func<HttpResponseMessage> Failure(Exception failure) => () => throw failure;

    private protected Task<(HttpResponseMessage Response, int Attempts)> SendAsync(
        params Func<HttpResponseMessage>[] script) =>
        SendAsync(4, script);

    private protected async Task<(HttpResponseMessage Response, int Attempts)> SendAsync(
        int retries, Func<HttpResponseMessage>[] script)
    {
        int attempts = 0;
        var response = await SendAsync(
            _clock, new HostLimiters(_clock), new RequestWaits(), retries, () => script[attempts++]());
        return (response, attempts);
    }

    private protected Task<HttpResponseMessage> SendAsync(
        Clock clock, HostLimiters throttle, RequestWaits waits, params Func<HttpResponseMessage>[] script)
    {
        int attempts = 0;
        return SendAsync(clock, throttle, waits, 4, () => script[attempts++]());
    }

    private protected async Task<HttpResponseMessage> SendAsync(
        Clock clock, HostLimiters throttle, RequestWaits waits, int retries, Func<HttpResponseMessage> respond)
    {
        var settings = new RequestSettings { MaximumRetryCount = retries, RetryInterval = _interval };
        var log = new RequestLog(_reports.Add, _reports.Add, waits);
        using var handler = new RetryHandler(
            settings, clock, new ClockSkewTracker(clock), throttle, () => 0.5, new SecretScrubber(), log, null,
            _provider)
        {
            InnerHandler = new Script(respond),
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        return await invoker.SendAsync(request, CancellationToken.None);
    }

    private protected sealed class Script(Func<HttpResponseMessage> respond) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return respond();
        }
    }
}
