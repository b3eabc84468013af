using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Http;

public sealed class RetryHandlerTests : RetryHandlerTest
{
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
    [InlineData(501)]
    [InlineData(505)]
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

    // "413 may carry Retry-After", say the pages of Huawei Cloud's status codes; without, the request is too large.
    [Theory]
    [InlineData(true, HttpStatusCode.OK, 2)]
    [InlineData(false, HttpStatusCode.RequestEntityTooLarge, 1)]
    public async Task Too_large_is_a_limit_when_it_says_when_to_come_back(
        bool isLimit, HttpStatusCode expected, int count)
    {
        var (response, attempts) = await SendAsync(
            () =>
            {
                var refusal = new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge);
                if (isLimit)
                    refusal.Headers.Add("Retry-After", "1");
                return refusal;
            },
            Status(200));

        Assert.Equal((expected, count), (response.StatusCode, attempts));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Retries_end_with_the_last_response(int retries)
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
    [InlineData(200, "Busy", 2)]
    [InlineData(400, "Busy", 2)]
    [InlineData(403, "Limited", 2)]
    [InlineData(200, "Success", 1)]
    [InlineData(400, "Bad", 1)]
    public async Task Code_of_passing_trouble_is_retried_under_any_status(int status, string code, int attempts)
    {
        _provider = new ApiConventions
        {
            Name = "Cloud",
            CredentialAdvice = "",
            IdAdvice = "",
            ClassifyCode = found => found switch
            {
                "Busy" => ErrorKind.ServiceUnavailable,
                "Limited" => ErrorKind.Throttled,
                "Bad" => ErrorKind.InvalidRequest,
                _ => null,
            },
        };

        var (_, count) = await SendAsync(
            () => new HttpResponseMessage((HttpStatusCode)status)
                { Content = new StringContent($$"""{"Code":"{{code}}","Message":"m"}""") }, Status(200));

        Assert.Equal(attempts, count);
    }

    [Fact]
    public async Task Broken_connection_is_retried_and_then_ServiceUnavailable()
    {
        var error = await Assert.ThrowsAsync<ApiException>(
            () => SendAsync(
                2, [.. Enumerable.Repeat(
                    Failure(new HttpRequestException("no route", new IOException("reset by peer."))), 5)]));

        Assert.Equal(ErrorKind.ServiceUnavailable, error.Kind);
        Assert.Contains("host.example could not be reached, in 3 attempts: reset by peer;", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bad_certificate_is_not_retried(bool isWrappedTwice)
    {
        Exception cause = new CertificateException("its certificate was revoked", "ask its owner to replace it");
        if (isWrappedTwice)
            cause = new WebException("trust failure", cause);

        var error = await Assert.ThrowsAsync<ApiException>(
            () => SendAsync(Failure(new HttpRequestException("tls", cause)), Status(200)));

        Assert.Equal(
            "host.example is not trusted: its certificate was revoked; ask its owner to replace it.", error.Message);

        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task Time_out_is_retried_and_then_RequestTimeout() =>
        Assert.Equal(
            ErrorKind.RequestTimeout,
            (await Assert.ThrowsAsync<ApiException>(
                () => SendAsync(1, [.. Enumerable.Repeat(Failure(new TimeoutException()), 5)]))).Kind);

    [Fact]
    public async Task Cancellation_stays_cancellation() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SendAsync(Failure(new OperationCanceledException()), Status(200)));

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
        using var retry = new RetryHandler(
            settings, _clock, new ClockSkewTracker(_clock), new HostLimiters(_clock), () => 0.5, new SecretScrubber(),
            new RequestLog(_reports.Add, _reports.Add))
        {
            InnerHandler = new BoundedBodyHandler
            {
                InnerHandler = new Script(() => new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = ++attempts == 1 || staysBroken
                        ? new StreamContent(new BrokenStream()) : new StringContent("whole"),
                }),
            },
        };
        using var invoker = new HttpMessageInvoker(retry);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);

        if (staysBroken)
        {
            Assert.Equal(
                ErrorKind.ServiceUnavailable,
                (await Assert.ThrowsAsync<ApiException>(
                    () => invoker.SendAsync(request, CancellationToken.None))).Kind);
            Assert.Equal(3, attempts);
            return;
        }

        using var response = await invoker.SendAsync(request, CancellationToken.None);
        Assert.Equal("whole", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, attempts);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, 4, 2)]
    [InlineData(SocketError.NoData, 4, 2)]
    [InlineData(SocketError.HostNotFound, 0, 1)]
    [InlineData(SocketError.TryAgain, 4, 5)]
    [InlineData(SocketError.ConnectionRefused, 4, 5)]
    public async Task Name_that_does_not_resolve_gives_up_after_two_attempts(
        SocketError cause, int retries, int attempts)
    {
        int sent = 0;
        var failure = Failure(new HttpRequestException("no such host", new SocketException((int)cause)));

        var error = await Assert.ThrowsAsync<ApiException>(
            () => SendAsync(
                retries, [.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => { sent++; return failure(); }, 10)]));

        Assert.Equal((attempts, ErrorKind.ServiceUnavailable), (sent, error.Kind));
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
}
