using System;
using System.Threading.Tasks;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Core.Http;

/// <summary>What a probe leaves behind at the limiter; see also <see cref="HostLimiterTests"/>.</summary>
public sealed class HostLimiterProbeTests
{
    private static readonly HostWaitLimits Limits = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));

    [Fact]
    public async Task A_probe_takes_a_place_and_gives_it_back()
    {
        var limiter = new HostLimiter(new ManualClock());
        await limiter.EnterAsync(1, 0, default);
        limiter.Leave(TimeSpan.FromMinutes(10));
        Assert.True(await limiter.EnterAsync(2, 0, Limits, default));

        limiter.Leave(null, isProbe: true);

        // One response without a complaint has widened it from one to two.
        Assert.False(await limiter.EnterAsync(3, 0, Limits, default).WaitAsync(TestTimeout.Hang));
        Assert.False(await limiter.EnterAsync(4, 0, Limits, default).WaitAsync(TestTimeout.Hang));
        var third = limiter.EnterAsync(5, 0, Limits, default);
        Assert.False(third.IsCompleted);
        limiter.Leave(null);
        Assert.False(await third.WaitAsync(TestTimeout.Hang));
    }
}
