using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core;

public sealed class RetryHandlerTests
{
    private static readonly Uri Address = new("https://host.example/path?Signature=secret");

    private readonly ManualClock _clock = new(advanceByItself: true);
    private readonly List<string> _reports = [];

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(599)]
    public async Task Passing_status_is_retried_until_it_passes(int status)
    {
        var (response, attempts) = await SendAsync(Status(status), Status(status), Status(200));

        Assert.Equal((HttpStatusCode.OK, 3), (response.StatusCode, attempts));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task Any_other_status_is_final(int status)
    {
        var (response, attempts) = await SendAsync(Status(status), Status(200));

        Assert.Equal(((HttpStatusCode)status, 1), (response.StatusCode, attempts));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Retries_end_with_the_last_answer(int retries)
    {
        var (response, attempts) = await SendAsync(retries, [.. Enumerable.Repeat(Status(503), 10)]);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, retries + 1), (response.StatusCode, attempts));
        Assert.Equal(retries, _reports.Count);
    }

    [Fact]
    public async Task Backoff_is_full_jitter_under_a_bound_that_doubles()
    {
        await SendAsync(5, [.. Enumerable.Repeat(Status(500), 10)]);

        Assert.Equal([1.0, 2, 4, 8, 16], _clock.Delays.Select(delay => delay.TotalSeconds));
        Assert.Equal(TimeSpan.Zero, RetryDelay.Backoff(TimeSpan.FromSeconds(2), 3, 0));
        Assert.Equal(TimeSpan.FromSeconds(60), RetryDelay.Backoff(TimeSpan.FromSeconds(2), 100, 1));
        Assert.Equal(TimeSpan.FromSeconds(300), RetryDelay.Backoff(TimeSpan.FromSeconds(300), 3, 1));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 60)]
    [InlineData("Thu, 15 Jan 2026 03:00:09 GMT", 9)]
    [InlineData("Fri, 16 Jan 2026 03:00:00 GMT", 60)]
    [InlineData("Wed, 14 Jan 2026 03:00:00 GMT", 1)]
    [InlineData("0", 1)]
    [InlineData("-5", 1)]
    [InlineData("soon", 1)]
    [InlineData("99999999999999999999", 1)]
    public async Task Retry_After_is_obeyed_where_it_makes_sense_and_capped(string header, double seconds)
    {
        await SendAsync(() =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            response.Headers.TryAddWithoutValidation("Retry-After", header);
            return response;
        }, Status(200));

        // 1 s is what the backoff gives on the first retry.
        Assert.Equal(seconds, Assert.Single(_clock.Delays).TotalSeconds);
    }

    [Fact]
    public async Task Broken_connection_is_retried_and_then_ServiceUnavailable()
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => SendAsync(2, [.. Enumerable.Repeat(Failure(new HttpRequestException("no route", new IOException("reset by peer."))), 5)]));

        Assert.Equal(ErrorKind.ServiceUnavailable, error.Kind);
        Assert.Contains("host.example could not be reached, in 3 attempts: reset by peer;", error.Message);
    }

    [Fact]
    public async Task Bad_certificate_is_not_retried()
    {
        await Assert.ThrowsAsync<ApiException>(() => SendAsync(
            Failure(new HttpRequestException("tls", new AuthenticationException("the certificate is not valid"))), Status(200)));

        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task Time_out_is_retried_and_then_RequestTimeout() =>
        Assert.Equal(
            ErrorKind.RequestTimeout,
            (await Assert.ThrowsAsync<ApiException>(() => SendAsync(1, [.. Enumerable.Repeat(Failure(new TimeoutException()), 5)]))).Kind);

    [Fact]
    public async Task Cancellation_stays_cancellation() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(Failure(new OperationCanceledException()), Status(200)));

    [Fact]
    public async Task Each_retry_is_one_line_without_a_query()
    {
        await SendAsync(Status(503), Failure(new HttpRequestException("x")), Status(200));

        Assert.Equal(2, _reports.Count);
        Assert.Equal("GET https://host.example/path: HTTP 503; retry 1 of 4 in 1.0 s.", _reports[0]);
        Assert.DoesNotContain("secret", string.Join('\n', _reports));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_breaks_half_way_is_requested_again(bool staysBroken)
    {
        int attempts = 0;
        var settings = new RequestSettings { MaximumRetryCount = 2, RetryInterval = TimeSpan.FromSeconds(2) };
        using var retry = new RetryHandler(settings, _clock, new HostClocks(_clock), new HostThrottle(_clock), () => 0.5, new SecretScrubber(), new RequestLog(_reports.Add, _reports.Add))
        {
            InnerHandler = new BoundedBodyHandler
            {
                InnerHandler = new Script(() => new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = ++attempts == 1 || staysBroken ? new StreamContent(new BrokenStream()) : new StringContent("whole"),
                }),
            },
        };
        using var invoker = new HttpMessageInvoker(retry);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);

        if (staysBroken)
        {
            Assert.Equal(ErrorKind.ServiceUnavailable, (await Assert.ThrowsAsync<ApiException>(() => invoker.SendAsync(request, CancellationToken.None))).Kind);
            Assert.Equal(3, attempts);
            return;
        }

        using var response = await invoker.SendAsync(request, CancellationToken.None);
        Assert.Equal("whole", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, attempts);
    }

    private static Func<HttpResponseMessage> Status(int status) => () => new HttpResponseMessage((HttpStatusCode)status);

    private static Func<HttpResponseMessage> Failure(Exception failure) => () => throw failure;

    private Task<(HttpResponseMessage Response, int Attempts)> SendAsync(params Func<HttpResponseMessage>[] script) => SendAsync(4, script);

    private async Task<(HttpResponseMessage Response, int Attempts)> SendAsync(int retries, Func<HttpResponseMessage>[] script)
    {
        int attempts = 0;
        var settings = new RequestSettings { MaximumRetryCount = retries, RetryInterval = TimeSpan.FromSeconds(2) };
        using var handler = new RetryHandler(settings, _clock, new HostClocks(_clock), new HostThrottle(_clock), () => 0.5, new SecretScrubber(), new RequestLog(_reports.Add, _reports.Add))
        {
            InnerHandler = new Script(() => script[attempts++]()),
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        return (await invoker.SendAsync(request, CancellationToken.None), attempts);
    }

    // Half a body, and then the end of the connection.
    private sealed class BrokenStream : MemoryStream
    {
        private bool _isRead;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            if (_isRead)
                throw new IOException("The response ended prematurely.");
            _isRead = true;
            return Task.FromResult(Math.Min(count, 5));
        }
    }

    private sealed class Script(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return answer();
        }
    }
}
