using System;
using System.Net.Http;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class ClockSkewTrackerTests
{
    private static readonly Uri Host = new("https://store.example/a");

    private readonly ManualClock _clock = new();
    private readonly ClockSkewTracker _clocks;

    public ClockSkewTrackerTests() => _clocks = new ClockSkewTracker(_clock);

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Sat, 01 Jan 2200 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 1999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Thu, 15 Jan 2026 05:00:00 GMT", "60")]
    [InlineData(null)]
    public void A_time_that_no_clock_shows_or_that_a_cache_kept_teaches_nothing(string? date, string? age = null)
    {
        using var response = Respond(date, age);

        _clocks.Observe(Host, response);
        Assert.Null(_clocks.Learn(Host, response, _clock.GetUtcNow()));

        Assert.False(_clocks.IsKnown(Host));
        Assert.Equal(_clock.GetUtcNow(), _clocks.GetUtcNow(Host, null));
    }

    [Theory]
    [InlineData("Sat, 01 Jan 2000 00:00:00 GMT")]
    [InlineData("Tue, 31 Dec 2199 23:59:59 GMT")]
    [InlineData("Thu, 15 Jan 2026 05:00:00 GMT")]
    public void The_time_of_a_host_is_its_own_whatever_this_machine_has(string date)
    {
        using var response = Respond(date, null);

        _clocks.Observe(Host, response);

        Assert.True(_clocks.IsKnown(Host));
        Assert.Equal(DateTimeOffset.Parse(date), _clocks.GetUtcNow(Host, null));
        Assert.Equal(_clock.GetUtcNow(), _clocks.GetUtcNow(Host));
    }

    private static HttpResponseMessage Respond(string? date, string? age)
    {
        var response = new HttpResponseMessage();
        if (date is not null)
            response.Headers.TryAddWithoutValidation("Date", date);
        if (age is not null)
            response.Headers.TryAddWithoutValidation("Age", age);
        return response;
    }
}
