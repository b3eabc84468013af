using System;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class ConnectionTunerTests
{
    private const long OneConnection = 100_000_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ManualClock _clock = new();
    private long _received;
    private int _running;

    [Theory]
    [InlineData(16, 1, 1)]
    [InlineData(16, 4, 4)]
    [InlineData(16, 16, 16)]
    [InlineData(8, 100, 8)]
    [InlineData(6, 2, 3)]
    [InlineData(2, 1, 1)]
    public void As_many_connections_are_left_as_the_line_is_worth(int begun, int worth, int left)
    {
        var tuner = Begin(begun);

        while (!tuner.IsFinished)
            Pass(tuner, OneConnection * Math.Min(_running, worth) / 10);

        Assert.Equal(left, tuner.TargetCount);
    }

    [Fact]
    public void A_connection_that_adds_a_twentieth_is_kept_and_one_that_adds_less_is_not()
    {
        // Half as many bring 94 %, and 96 %, of what all bring.
        foreach (var (half, left) in new[] { (94, 2), (96, 1) })
        {
            var tuner = Begin(2);
            while (!tuner.IsFinished)
                Pass(tuner, OneConnection * (_running == 2 ? 100 : half) / 100);
            Assert.Equal(left, tuner.TargetCount);
        }
    }

    [Fact]
    public void Nothing_is_decided_before_a_second_is_over()
    {
        var tuner = Begin(8);

        for (int i = 0; i < 9; i++)
            Pass(tuner, OneConnection);

        Assert.Equal(8, tuner.TargetCount);
        Pass(tuner, OneConnection);
        Assert.Equal(4, tuner.TargetCount);
    }

    [Fact]
    public void Nothing_is_decided_before_each_connection_has_had_a_segment()
    {
        var tuner = Begin(4);

        for (int i = 0; i < 1000; i++)
            Pass(tuner, 0);
        Pass(tuner, (4 * Download.SegmentLength) - 1);
        Assert.Equal(4, tuner.TargetCount);

        Pass(tuner, 1);
        Assert.Equal(2, tuner.TargetCount);
    }

    [Fact]
    public void The_time_in_which_connections_end_is_not_measured()
    {
        var tuner = Begin(2);
        for (int i = 0; i < 10; i++)
            Pass(tuner, OneConnection / 10);
        Assert.Equal(1, tuner.TargetCount);

        // The second connection is still at its segment, and nothing comes.
        for (int i = 0; i < 100; i++)
            Observe(tuner, 0, running: 2);
        for (int i = 0; i < 11; i++)
            Observe(tuner, OneConnection / 10, running: 1);

        Assert.True(tuner.IsFinished);
        Assert.Equal(1, tuner.TargetCount);
    }

    [Fact]
    public void One_connection_is_left_alone() => Assert.True(new ConnectionTuner(1).IsFinished);

    [Fact]
    public void A_number_that_was_found_stays()
    {
        var tuner = Begin(2);
        while (!tuner.IsFinished)
            Pass(tuner, OneConnection * _running / 10);

        for (int i = 0; i < 100; i++)
            Pass(tuner, OneConnection);

        Assert.Equal(2, tuner.TargetCount);
    }

    private ConnectionTuner Begin(int count)
    {
        (_running, _received) = (count, 0);
        var tuner = new ConnectionTuner(count);
        tuner.Observe(_clock.GetElapsed(), _received, _running);
        return tuner;
    }

    // Bytes come for a moment, then connections that are too many end.
    private void Pass(ConnectionTuner tuner, long bytes)
    {
        Observe(tuner, bytes, _running);
        _running = tuner.TargetCount;
    }

    private void Observe(ConnectionTuner tuner, long bytes, int running)
    {
        _clock.Advance(Tick);
        _received += bytes;
        tuner.Observe(_clock.GetElapsed(), _received, running);
    }
}
