using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Core.Providers;

/// <summary>Links that a provider makes first.</summary>
public sealed class LinkWaiterTests
{
    private static readonly RequestItem Log = RequestItem.Log("l", "i", BackupDetails.None);
    private static readonly IResultPage<DownloadLink> Made = new ResultPage<DownloadLink>([], [], HasMore: false);

    private readonly RequestWaits _waits = new();

    [Fact]
    public async Task The_request_is_sent_again_until_the_provider_has_made_the_link()
    {
        var clock = new ManualClock(advanceByItself: true);
        var responses = new Queue<IResultPage<DownloadLink>>(
            [new PendingLinks("CREATING"), new PendingLinks("EXPORTING"), Made]);

        var page = await new LinkWaiter(clock, _waits, null).SendAsync(
            Log, TimeSpan.FromMinutes(10), _ => Task.FromResult(responses.Dequeue()),
            TestContext.Current.CancellationToken);

        Assert.Same(Made, page);
        Assert.Equal([1, 2], clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task After_the_longest_wait_it_is_not_ready()
    {
        var clock = new ManualClock(advanceByItself: true);
        int sent = 0;

        var error = await Assert.ThrowsAsync<BackupLinksException>(() => new LinkWaiter(clock, _waits, null).SendAsync(
            Log, TimeSpan.FromSeconds(60), _ => PendingAsync(ref sent), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorKind.NotReady, error.Kind);
        Assert.Contains("Log 'l' of instance 'i' has no link after 60 s", error.Message);
        Assert.Contains("'CREATING'", error.Message);
        Assert.Contains("-WaitTimeoutSec", error.Message);
        // The last request is sent when the time is over, not before.
        Assert.Equal(60, clock.GetElapsed().TotalSeconds);
        Assert.Equal(clock.Delays.Count + 1, sent);
        Assert.All(clock.Delays, delay => Assert.InRange(delay.TotalSeconds, 1, 10));
    }

    [Fact]
    public async Task Without_any_wait_one_request_is_sent()
    {
        int sent = 0;

        await Assert.ThrowsAsync<BackupLinksException>(() => new LinkWaiter(new ManualClock(), _waits, null).SendAsync(
            Log, TimeSpan.Zero, _ => PendingAsync(ref sent), TestContext.Current.CancellationToken));

        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task Links_that_are_there_are_the_result_of_a_wait_that_ends()
    {
        int sent = 0;

        var page = await new LinkWaiter(new ManualClock(advanceByItself: true), _waits, null).SendAsync(
            Log, TimeSpan.FromSeconds(3), _ =>
            {
                sent++;
                return Task.FromResult<IResultPage<DownloadLink>>(new PendingLinks("EXPORTING") { Made = () => Made });
            },
            TestContext.Current.CancellationToken);

        Assert.Same(Made, page);
        Assert.Equal(3, sent);
    }

    [Fact]
    public async Task The_providers_own_reason_is_the_error()
    {
        var reason = new ApiException(ErrorKind.InvalidRequest, "The log is empty.");

        Assert.Same(
            reason, await Assert.ThrowsAsync<ApiException>(
                () => new LinkWaiter(new ManualClock(), _waits, null).SendAsync(
            Log, TimeSpan.FromMinutes(1), _ => Task.FromException<IResultPage<DownloadLink>>(reason),
            TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Those_that_wait_do_not_count_against_the_limit_of_requests()
    {
        var clock = new ManualClock();
        using var gate = new SemaphoreSlim(1);
        var waiter = new LinkWaiter(clock, _waits, gate);
        int inFlight = 0, most = 0, isReady = 0;
        Task[] all = [.. Enumerable.Range(0, 20).Select(_ => waiter.SendAsync(
            Log, TimeSpan.FromMinutes(10), SendAsync, TestContext.Current.CancellationToken))];

        // All of them have sent the first request, and wait.
        Assert.True(SpinWait.SpinUntil(() => clock.CountDelays(TimeSpan.FromSeconds(1)) == 20, TestTimeout.Hang));
        Assert.Contains(
            "next check in 1 s: the provider is making its link ('CREATING') (and 19 more)",
            _waits.Describe(clock.GetUtcNow()));
        Volatile.Write(ref isReady, 1);
        clock.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(all).WaitAsync(TestTimeout.Hang, TestContext.Current.CancellationToken);
        Assert.Equal(1, most);
        Assert.Null(_waits.Describe(clock.GetUtcNow()));

        async Task<IResultPage<DownloadLink>> SendAsync(CancellationToken cancellationToken)
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            await Task.Yield();
            Interlocked.Decrement(ref inFlight);
            return Volatile.Read(ref isReady) == 1 ? Made : new PendingLinks("CREATING");
        }
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        var clock = new ManualClock();
        using var stop = new CancellationTokenSource();
        int sent = 0;
        var waiting = new LinkWaiter(clock, _waits, null).SendAsync(
            Log, TimeSpan.FromMinutes(10), _ => PendingAsync(ref sent), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => waiting.WaitAsync(TestTimeout.Hang, TestContext.Current.CancellationToken));
        Assert.Equal(1, sent);
    }

    private static Task<IResultPage<DownloadLink>> PendingAsync(ref int sent)
    {
        sent++;
        return Task.FromResult<IResultPage<DownloadLink>>(new PendingLinks("CREATING"));
    }
}
