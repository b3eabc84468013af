using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core;

public sealed class HostGateTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Complaint_holds_back_everybody_until_its_time_is_over()
    {
        var gate = new HostGate(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromSeconds(7));

        var waiting = gate.EnterAsync(2, 0, default);
        _clock.Advance(TimeSpan.FromSeconds(6.9));
        await Task.Yield();
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Requests_that_were_refused_together_do_not_come_back_together()
    {
        var gate = new HostGate(_clock);
        for (int turn = 1; turn <= 32; turn++)
            await gate.EnterAsync(turn, 0, default);
        for (int turn = 1; turn <= 32; turn++)
            gate.Leave(TimeSpan.FromSeconds(1));

        var back = Enumerable.Range(1, 32).Select(turn => gate.EnterAsync(turn, 0, default)).ToArray();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(back[..16]).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(16, back.Count(task => task.IsCompleted));
    }

    [Fact]
    public async Task Who_was_refused_least_and_came_first_goes_first()
    {
        var gate = new HostGate(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromSeconds(1));

        // Width is 1 now.
        var order = new List<int>();
        var done = new[] { 5, 3, 4, 2 }.Select(async turn =>
        {
            await gate.EnterAsync(turn, turn == 2 ? 1 : 0, default);
            lock (order)
                order.Add(turn);
            gate.Leave(TimeSpan.Zero);
        }).ToArray();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(done).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([3, 4, 5, 2], order);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_line()
    {
        var gate = new HostGate(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromSeconds(1));
        using var stop = new CancellationTokenSource();

        var given = gate.EnterAsync(2, 0, stop.Token);
        var stays = gate.EnterAsync(3, 0, default);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await stays.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Two_thousand_requests_pass_whatever_the_gateway_complains_about()
    {
        // Real time here: many threads, random complaints, nobody may be left waiting.
        var gate = new HostGate(Clock.System);
        var random = new Random(1);
        int inside = 0;
        await Task.WhenAll(Enumerable.Range(1, 2000).Select(turn => Task.Run(async () =>
        {
            await gate.EnterAsync(turn, 0, default);
            Interlocked.Increment(ref inside);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            bool complains;
            lock (random)
                complains = random.Next(50) == 0;
            gate.Leave(complains ? TimeSpan.FromMilliseconds(1) : null);
        }))).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(0, inside);
    }
}
