using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Time;

public sealed class ClockTests
{
    [Fact]
    public async Task A_wait_tells_whether_it_came_to_its_end()
    {
        using var stop = new CancellationTokenSource();
        var clock = new ManualClock();

        var whole = clock.WaitAsync(TimeSpan.FromMinutes(1), stop.Token);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await whole.WaitAsync(TestTimeout.Hang, TestContext.Current.CancellationToken));

        var stopped = clock.WaitAsync(TimeSpan.FromMinutes(1), stop.Token);
        stop.Cancel();
        Assert.False(await stopped.WaitAsync(TestTimeout.Hang, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wait_that_fails_by_itself_is_an_error() =>
        await Assert.ThrowsAsync<IOException>(() => new BrokenClock().WaitAsync(TimeSpan.Zero, CancellationToken.None));

    private sealed class BrokenClock : Clock
    {
        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
            Task.FromException(new IOException("no timer"));
    }
}
