using System;
using System.Net.Http;
using System.Net.Http.Headers;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

/// <summary>How long to wait before a request is sent again; see also <see cref="RetryHandlerTests"/>.</summary>
public sealed class RetryDelayTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 0, 1, 2)]
    [InlineData(2, 1, 1, 4)]
    [InlineData(2, 4, 1, 32)]
    [InlineData(2, 5, 1, 60)]
    [InlineData(2, 4, 0.25, 8)]
    [InlineData(0.0001, 16, 1, 6.5536)]
    [InlineData(0.0001, 17, 1, 6.5536)]
    [InlineData(60, 0, 1, 60)]
    [InlineData(61, 0, 1, 61)]
    [InlineData(61, 3, 0.5, 30.5)]
    public void The_interval_doubles_up_to_a_minute_or_the_interval(
        double interval, int retry, double random, double seconds) => Assert.Equal(
            seconds, RetryDelay.Backoff(TimeSpan.FromSeconds(interval), retry, random).TotalSeconds, precision: 3);

    [Theory]
    [InlineData(2, 3, 60, 180)]
    [InlineData(60, 1, 60, 60)]
    [InlineData(61, 2, 61, 122)]
    [InlineData(2, 0, 60, 60)]
    public void A_request_waits_for_its_host_as_often_as_it_would_retry(
        int interval, int retries, int hold, int refusals)
    {
        var settings = new RequestSettings
        {
            RetryInterval = TimeSpan.FromSeconds(interval), MaximumRetryCount = retries,
        };

        var limits = RetryDelay.GetWaitLimits(settings);

        Assert.Equal(new HostWaitLimits(TimeSpan.FromSeconds(hold), TimeSpan.FromSeconds(refusals)), limits);
    }

    [Fact]
    public void Retry_After_is_a_number_of_seconds_or_a_date()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), Read(new(TimeSpan.FromSeconds(7)), Now));
        Assert.Equal(TimeSpan.FromSeconds(30), Read(new(Now.AddSeconds(30)), Now));
        Assert.Null(Read(new(TimeSpan.Zero), Now));
        Assert.Null(Read(new(Now), Now));
        Assert.Null(Read(new(Now.AddSeconds(-1)), Now));
        Assert.Null(Read(null, Now));
    }

    [Fact]
    public void A_date_is_of_the_clock_that_the_response_shows_unless_it_comes_out_of_a_cache()
    {
        var header = new RetryConditionHeaderValue(Now.AddSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), Read(header, Now.AddHours(1), date: Now));
        Assert.Equal(TimeSpan.FromSeconds(10), Read(header, Now.AddSeconds(20), date: Now, age: "20"));
        Assert.Equal(TimeSpan.FromSeconds(10), Read(header, Now.AddSeconds(20)));
    }

    [Theory]
    [InlineData(0, "12:00 UTC")]
    [InlineData(1, "12:01 UTC")]
    [InlineData(60, "12:01 UTC")]
    [InlineData(60.0000001, "12:02 UTC")]
    [InlineData(43_140, "23:59 UTC")]
    [InlineData(43_141, "2026-01-16 00:00 UTC")]
    public void The_time_to_come_back_is_rounded_up_to_the_minute(double seconds, string text)
    {
        Assert.Equal(text, RetryAfterTime.Format(Now, TimeSpan.FromSeconds(seconds)));
        Assert.Equal(text, RetryAfterTime.Format(Now.ToOffset(TimeSpan.FromHours(8)), TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void A_wait_beyond_all_times_has_an_end_that_can_be_written() =>
        Assert.Equal("9999-12-31 00:00 UTC", RetryAfterTime.Format(Now, TimeSpan.MaxValue));

    [Fact]
    public void The_mark_of_a_response_is_this_process_own()
    {
        using var response = new HttpResponseMessage();
        Assert.Null(RetryAfterTime.Get(response));
        RetryAfterTime.Mark(response, "14:05 UTC");
        Assert.Equal("14:05 UTC", RetryAfterTime.Get(response));
        RetryAfterTime.Mark(response, "15:05 UTC");
        Assert.Equal("15:05 UTC", RetryAfterTime.Get(response));
        RetryAfterTime.Mark(response, null);
        Assert.Null(RetryAfterTime.Get(response));
    }

    private static TimeSpan? Read(
        RetryConditionHeaderValue? header, DateTimeOffset hostTime, DateTimeOffset? date = null, string? age = null)
    {
        using var response = new HttpResponseMessage();
        response.Headers.RetryAfter = header;
        response.Headers.Date = date;
        if (age is not null)
            response.Headers.TryAddWithoutValidation("Age", age);
        return RetryDelay.FromHeader(response, hostTime);
    }
}
