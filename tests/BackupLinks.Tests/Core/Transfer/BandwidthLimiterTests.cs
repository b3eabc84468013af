using System;
using System.Linq;
using System.Threading;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class BandwidthLimiterTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Bytes_wait_as_long_as_they_and_those_before_them_take()
    {
        Take(1000, 1000, 500);

        Assert.Equal([1000, 2000, 2500], Delays);
    }

    [Fact]
    public void Idle_time_is_not_saved_up()
    {
        Take(1000);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Take(1000);

        Assert.Equal([1000, 1000], Delays);
    }

    [Fact]
    public void Time_that_passed_is_not_waited_for_again()
    {
        Take(1000);
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        Take(1000);

        Assert.Equal([1000, 1600], Delays);
    }

    [Fact]
    public void A_wait_below_a_millisecond_is_owed_and_not_waited_for()
    {
        _limiter = new BandwidthLimiter(1_000_000, _clock);

        Take(400, 400, 400);

        Assert.Equal([TimeSpan.FromMilliseconds(1.2)], _clock.Delays);
    }

    [Theory]
    [InlineData(1024, 51)]
    [InlineData(10, 1)]
    [InlineData(long.MaxValue, 1024 * 1024)]
    public void A_read_takes_a_twentieth_of_a_second_and_a_mebibyte_at_the_most(long rate, int bytes) =>
        Assert.Equal(bytes, new BandwidthLimiter(rate, _clock).LargestRead);

    private BandwidthLimiter? _limiter;

    private int[] Delays => [.. _clock.Delays.Select(delay => (int)Math.Round(delay.TotalMilliseconds))];

    private void Take(params int[] bytes)
    {
        _limiter ??= new BandwidthLimiter(1000, _clock);
        foreach (int count in bytes)
            _ = _limiter.TakeAsync(count, CancellationToken.None);
    }
}
