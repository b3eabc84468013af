using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class DownloadWorkersTests
{
    [Fact]
    public async Task Workers_are_as_many_as_the_tuner_says()
    {
        using var stop = new CancellationTokenSource();
        var clock = new ManualClock();
        var pool = new WorkerPool(4);
        var end = new TaskCompletionSource();
        for (int i = 0; i < 4; i++)
            Assert.True(pool.Start(() => end.Task));
        long received = 0;
        var tuning = DownloadWorkers.TuneAsync(
            new ConnectionTuner(4), pool, () => Interlocked.Read(ref received), () => false, clock, stop.Token);

        Interlocked.Exchange(ref received, 4 * Download.SegmentLength);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(SpinWait.SpinUntil(() => pool.TargetCount == 2, TestTimeout.Hang));
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tuning);
        end.SetResult();
        await pool.FinishAsync();
    }

    [Theory]
    [InlineData(10_000, 1, 128)]
    [InlineData(10, 1, 128)]
    [InlineData(10_000, 4, 32)]
    [InlineData(10_000, 32, 8)]
    [InlineData(40, 8, 5)]
    [InlineData(4, 8, 1)]
    public void Segments_span_the_window_and_every_connection_gets_a_share(long rest, int count, long length)
    {
        const long Mebibyte = 1024 * 1024;

        Assert.Equal(length * Mebibyte, DownloadWorkers.GetLength(rest * Mebibyte, count));
    }

    [Fact]
    public async Task Workers_that_were_worth_it_are_started_again()
    {
        var pool = new WorkerPool(2);
        int started = 0;

        await DownloadWorkers.TuneAsync(
            new ConnectionTuner(1), pool, () => 0,
            () => ++started > 0 && pool.Start(() => Task.CompletedTask), new ManualClock(), CancellationToken.None);

        Assert.Equal(2, started);
    }
}
