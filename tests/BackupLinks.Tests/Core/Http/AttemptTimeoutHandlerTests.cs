using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

/// <summary>The bound of one attempt, on the clock of the session.</summary>
public sealed class AttemptTimeoutHandlerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Attempt_that_takes_longer_is_a_time_out_and_not_a_cancellation()
    {
        using var client = Connect(Limit);

        var sending = client.GetAsync("https://host.example/", TestContext.Current.CancellationToken);
        _clock.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.False(sending.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => sending);
    }

    [Fact]
    public async Task Caller_who_stops_it_gets_a_cancellation()
    {
        using var client = Connect(Limit);
        using var stop = new CancellationTokenSource();

        var sending = client.GetAsync("https://host.example/", stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public void Without_a_limit_no_clock_is_set()
    {
        using var client = Connect(null);

        _ = client.GetAsync("https://host.example/", TestContext.Current.CancellationToken);

        Assert.Equal(0, _clock.CountBounds());
    }

    private HttpClient Connect(TimeSpan? limit) =>
        new(new AttemptTimeoutHandler(_clock, limit) { InnerHandler = new SilentHandler() })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
