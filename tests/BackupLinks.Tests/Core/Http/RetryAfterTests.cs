using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Core.Http;

/// <summary>Waits that a host requests, and hosts that are closed for a while.</summary>
public sealed class RetryAfterTests : RetryHandlerTest
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("60", 60)]
    [InlineData("Thu, 15 Jan 2026 03:00:09 GMT", 9)]
    [InlineData("Wed, 14 Jan 2026 03:00:00 GMT", 1)]
    [InlineData("0", 1)]
    [InlineData("-5", 1)]
    [InlineData("soon", 1)]
    [InlineData("99999999999999999999", 1)]
    public async Task Retry_After_is_obeyed_where_it_makes_sense(string header, double seconds)
    {
        await SendAsync(With(503, "Retry-After", header), Status(200));

        // 1 s is what the backoff gives on the first retry.
        Assert.Equal(seconds, Assert.Single(_clock.Delays).TotalSeconds);
    }

    [Theory]
    [InlineData(429, "61", "03:02 UTC")]
    [InlineData(503, "3900", "04:05 UTC")]
    [InlineData(500, "86400", "2026-01-16 03:00 UTC")]
    [InlineData(429, "Thu, 15 Jan 2026 05:00:01 GMT", "05:01 UTC")]
    [InlineData(429, "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31 00:00 UTC")]
    public async Task Retry_After_that_is_too_long_ends_at_once_with_the_time_to_come_back(
        int status, string header, string time)
    {
        var (response, attempts) = await SendAsync(With(status, "Retry-After", header), Status(200));

        Assert.Equal(((HttpStatusCode)status, 1), (response.StatusCode, attempts));
        Assert.Equal(time, RetryAfterTime.Get(response));
        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task Caller_with_longer_retries_may_wait_longer()
    {
        _interval = TimeSpan.FromSeconds(600);

        var (response, attempts) = await SendAsync(With(503, "Retry-After", "500"), Status(200));

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, attempts));
        Assert.Equal(500, Assert.Single(_clock.Delays).TotalSeconds);
    }

    [Fact]
    public async Task Server_cannot_set_the_mark_of_a_long_wait()
    {
        var (response, _) = await SendAsync(With(200, "X-BackupLinks-Come-Back", "never"));

        Assert.Null(RetryAfterTime.Get(response));
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(503, "30")]
    public async Task Complaint_closes_the_host_for_other_requests(int status, string? header)
    {
        var clock = new ManualClock();
        var throttle = new HostLimiters(clock);
        var first = SendAsync(
            clock, throttle, new RequestWaits(), header is null ? Status(status) : With(status, "Retry-After", header),
            Status(200));
        Assert.True(SpinWait.SpinUntil(() => clock.Delays.Count == 1, TimeSpan.FromMinutes(2)));
        bool isSent = false;
        var waits = new RequestWaits();
        var second = SendAsync(clock, throttle, waits, () =>
        {
            isSent = true;
            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        Assert.False(isSent);
        Assert.Equal(
            $"next request to host.example in {header ?? "1"} s: it limits requests",
            waits.Describe(clock.GetUtcNow()));
        Assert.Equal(header is null ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(30), clock.Delays[0]);
        clock.Advance(TimeSpan.FromMinutes(1));
        await first.WaitAsync(TestTimeout.Hang);
        await second.WaitAsync(TestTimeout.Hang);

        Assert.True(isSent);
        Assert.Null(waits.Describe(clock.GetUtcNow()));
    }

    [Fact]
    public async Task Failure_of_a_server_does_not_close_the_host()
    {
        var clock = new ManualClock();
        var throttle = new HostLimiters(clock);
        var first = SendAsync(clock, throttle, new RequestWaits(), Status(503), Status(200));
        Assert.True(SpinWait.SpinUntil(() => clock.Delays.Count == 1, TimeSpan.FromMinutes(2)));

        await SendAsync(clock, throttle, new RequestWaits(), Status(200)).WaitAsync(TestTimeout.Hang);

        clock.Advance(TimeSpan.FromMinutes(1));
        await first.WaitAsync(TestTimeout.Hang);
    }

    [Fact]
    public async Task Host_that_is_closed_for_long_gets_no_other_requests_when_it_has_refused_the_probes()
    {
        var clock = new ManualClock();
        var throttle = new HostLimiters(clock);
        var refused20 = SendAsync(clock, throttle, new RequestWaits(), With(429, "Retry-After", "20"), Status(200));
        Assert.True(SpinWait.SpinUntil(() => clock.Delays.Count == 1, TimeSpan.FromMinutes(2)));
        var waiting = SendAsync(clock, throttle, new RequestWaits(), With(429, "Retry-After", "1800"));
        clock.Advance(TimeSpan.FromSeconds(10));

        // One that was inside when the gate closed brings the bad news; the one that waits is the probe.
        throttle.Leave(Address, TimeSpan.FromMinutes(30));
        using var probed = await waiting.WaitAsync(TestTimeout.Hang);
        Assert.Equal("03:31 UTC", RetryAfterTime.Get(probed));
        for (int i = 0; i < 2; i++)
            await SendAsync(clock, throttle, new RequestWaits(), With(429, "Retry-After", "1800")).WaitAsync(
                TestTimeout.Hang);

        var error = await Assert.ThrowsAsync<ApiException>(
            () => SendAsync(clock, throttle, new RequestWaits(), Status(200)).WaitAsync(TestTimeout.Hang));
        Assert.Equal(ErrorKind.Throttled, error.Kind);
        Assert.Contains(
            "host.example limits requests, and refused earlier requests too; try again after 03:31 UTC", error.Message);

        clock.Advance(TimeSpan.FromMinutes(31));
        var allowed = SendAsync(clock, throttle, new RequestWaits(), Status(200));
        await allowed.WaitAsync(TestTimeout.Hang);
        await refused20.WaitAsync(TestTimeout.Hang);
    }

    [Fact]
    public async Task Next_command_sends_requests_to_a_host_that_closed_for_long()
    {
        var clock = new ManualClock();
        var throttle = new HostLimiters(clock);
        for (int i = 0; i < 4; i++)
            await SendAsync(clock, throttle, new RequestWaits(), With(429, "Retry-After", "86400"));
        await Assert.ThrowsAsync<ApiException>(() => SendAsync(clock, throttle, new RequestWaits(), Status(200)));

        throttle.Begin();

        using var response = await SendAsync(clock, throttle, new RequestWaits(), Status(200)).WaitAsync(
            TestTimeout.Hang);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Limit_of_some_objects_does_not_refuse_the_others_of_their_host()
    {
        var clock = new ManualClock();
        var throttle = new HostLimiters(clock);
        for (int i = 0; i < 6; i++)
        {
            if (i % 2 == 0)
                await SendAsync(clock, throttle, new RequestWaits(), With(429, "Retry-After", "86400")).WaitAsync(
                    TestTimeout.Hang);
            using var limited = await SendAsync(clock, throttle, new RequestWaits(), With(429, "Retry-After", "86400"))
                .WaitAsync(TestTimeout.Hang);
            Assert.NotNull(RetryAfterTime.Get(limited));
            using var other = await SendAsync(clock, throttle, new RequestWaits(), Status(200)).WaitAsync(
                TestTimeout.Hang);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
    }

    [Fact]
    public async Task Host_that_refuses_every_request_ends_a_command_of_many_after_minutes_and_not_after_days()
    {
        int attempts = 0;
        var throttle = new HostLimiters(_clock);
        var refusal = With(429, "Retry-After", "60");
        Task<HttpResponseMessage> SendOneAsync() => SendAsync(_clock, throttle, new RequestWaits(), 4, () =>
        {
            attempts++;
            return refusal();
        });

        using var first = await SendOneAsync();
        for (int i = 0; i < 50; i++)
            Assert.Equal(ErrorKind.Throttled, (await Assert.ThrowsAsync<ApiException>(SendOneAsync)).Kind);
        Assert.Equal((HttpStatusCode.TooManyRequests, 5), (first.StatusCode, attempts));

        // The gate opens, and one more is refused: it does not wait for a retry.
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await SendOneAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, 6), (later.StatusCode, attempts));
    }

    [Theory]
    [InlineData("Thu, 15 Jan 2026 02:00:00 GMT", "Thu, 15 Jan 2026 02:00:09 GMT", 9)]
    [InlineData("Thu, 15 Jan 2026 04:00:00 GMT", "Thu, 15 Jan 2026 04:00:09 GMT", 9)]
    public async Task Retry_After_as_a_date_is_of_the_hosts_clock(string date, string until, double seconds)
    {
        var dated = With(503, "Retry-After", until);
        await SendAsync(
            () =>
            {
                var response = dated();
                response.Headers.TryAddWithoutValidation("Date", date);
                return response;
            },
            Status(200));

        Assert.Equal(seconds, Assert.Single(_clock.Delays).TotalSeconds);
    }

    [Fact]
    public async Task Wait_for_a_retry_is_shown_while_it_lasts()
    {
        var clock = new ManualClock();
        var waits = new RequestWaits();
        var sending = SendAsync(
            clock, new HostLimiters(clock), waits, Status(503), With(503, "Retry-After", "7"), Status(200));
        Assert.True(SpinWait.SpinUntil(() => clock.Delays.Count == 1, TimeSpan.FromMinutes(2)));
        Assert.Equal("retry 1 of 4 in 1 s: HTTP 503", waits.Describe(clock.GetUtcNow()));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(SpinWait.SpinUntil(() => clock.Delays.Count == 2, TimeSpan.FromMinutes(2)));
        clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal("retry 2 of 4 in 5 s: HTTP 503", waits.Describe(clock.GetUtcNow()));

        clock.Advance(TimeSpan.FromSeconds(5));
        await sending.WaitAsync(TestTimeout.Hang);
        Assert.Null(waits.Describe(clock.GetUtcNow()));
    }

    [Fact]
    public void Of_several_waits_the_first_to_end_is_shown()
    {
        var now = _clock.GetUtcNow();
        var waits = new RequestWaits();
        using var late = waits.Add(now.AddSeconds(9), "late", "x");
        var early = waits.Add(now.AddSeconds(2), "early", "y");
        using var open = waits.Add(() => null, "open", "z");

        Assert.Equal("early in 2 s: y (and 1 more)", waits.Describe(now));
        early.Dispose();
        early.Dispose();
        Assert.Equal("late in 0 s: x", waits.Describe(now.AddSeconds(20)));
    }
}
