using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class StallWatchTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly ManualClock _clock = new();
    private readonly StallWatch _watch;

    public StallWatchTests() =>
        _watch = new StallWatch(new TransferSettings { StallTimeout = Timeout, MinimumSpeed = 1024 }, _clock);

    [Fact]
    public void Silence_is_broken_after_the_time_out_and_not_before()
    {
        using var connection = _watch.Add(CancellationToken.None);

        After(Timeout);
        Assert.False(connection.IsStalled);
        After(TimeSpan.FromSeconds(1));

        Assert.True(connection.IsStalled && connection.Token.IsCancellationRequested);
        Assert.IsNotType<SlowConnectionException>(connection.ToException(new OperationCanceledException()));
    }

    [Fact]
    public void Bytes_are_a_sign_of_life()
    {
        using var connection = _watch.Add(CancellationToken.None);

        for (int i = 0; i < 10; i++)
        {
            connection.Touch();
            connection.NoteBytes(1_000_000);
            After(Timeout - TimeSpan.FromSeconds(1));
        }

        Assert.False(connection.IsStalled);
    }

    [Fact]
    public void Waiting_for_the_bandwidth_limit_is_neither_silence_nor_slowness()
    {
        using var connection = _watch.Add(CancellationToken.None);
        _watch.Check();
        connection.NoteBytes(1);
        connection.Pause();

        After(100 * Timeout);

        Assert.False(connection.IsStalled);
    }

    [Fact]
    public void Silence_of_one_connection_is_no_other_ones()
    {
        using var silent = _watch.Add(CancellationToken.None);
        using var lively = _watch.Add(CancellationToken.None);

        After(TimeSpan.FromSeconds(40));
        lively.Touch();
        lively.NoteBytes(1_000_000);
        After(TimeSpan.FromSeconds(30));

        Assert.True(silent.IsStalled);
        Assert.False(lively.IsStalled);
    }

    [Theory]
    [InlineData(1023 * 60, true)]
    [InlineData(1024 * 60, false)]
    public void Fewer_bytes_than_the_minimum_speed_break_the_connections_of_the_file(int bytes, bool isBroken)
    {
        using var one = _watch.Add(CancellationToken.None);
        using var other = _watch.Add(CancellationToken.None);

        _watch.Check();
        for (int i = 0; i < 60; i++)
        {
            one.NoteBytes(bytes / 60);
            one.Touch();
            other.Touch();
            After(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((isBroken, isBroken), (one.IsStalled, other.IsStalled));
        if (isBroken)
            Assert.Equal(
                1024, Assert.IsType<SlowConnectionException>(one.ToException(new OperationCanceledException())).Floor);
    }

    [Fact]
    public void Each_time_out_has_a_count_of_its_own()
    {
        using var connection = _watch.Add(CancellationToken.None);
        _watch.Check();
        connection.NoteBytes(1024 * 60);
        After(Timeout);

        connection.Touch();
        connection.NoteBytes(1024);
        After(TimeSpan.FromSeconds(1));

        Assert.False(connection.IsStalled);
    }

    [Fact]
    public void Time_without_a_connection_does_not_count_for_the_speed()
    {
        _watch.Check();
        After(10 * Timeout);
        using var connection = _watch.Add(CancellationToken.None);
        connection.NoteBytes(1);

        After(TimeSpan.FromSeconds(1));

        Assert.False(connection.IsStalled);
    }

    [Fact]
    public void Any_speed_will_do_when_the_minimum_is_zero()
    {
        var watch = new StallWatch(new TransferSettings { StallTimeout = Timeout, MinimumSpeed = 0 }, _clock);
        using var connection = watch.Add(CancellationToken.None);
        watch.Check();
        for (int i = 0; i < 300; i++)
        {
            connection.Touch();
            connection.NoteBytes(1);
            _clock.Advance(TimeSpan.FromSeconds(1));
            watch.Check();
        }

        Assert.False(connection.IsStalled);
    }

    [Theory]
    [InlineData(60, 1000)]
    [InlineData(1, 250)]
    public async Task It_looks_four_times_in_a_time_out_and_once_a_second(int seconds, int milliseconds)
    {
        using var stop = new CancellationTokenSource();
        var watch = new StallWatch(new TransferSettings { StallTimeout = TimeSpan.FromSeconds(seconds) }, _clock);

        var running = watch.RunAsync(stop.Token);

        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], _clock.Delays);
        stop.Cancel();
        await running;
    }

    private void After(TimeSpan time)
    {
        _clock.Advance(time);
        _watch.Check();
    }
}
