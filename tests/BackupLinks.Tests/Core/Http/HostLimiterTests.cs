using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Http;

public sealed class HostLimiterTests
{
    private static readonly HostWaitLimits Limits = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Complaint_holds_back_everybody_until_its_time_is_over()
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromSeconds(7));

        var waiting = gate.EnterAsync(2, 0, default);
        _clock.Advance(TimeSpan.FromSeconds(6.9));
        await Task.Yield();
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await waiting.WaitAsync(TestTimeout.Hang);
    }

    [Fact]
    public async Task Requests_that_were_refused_together_do_not_come_back_together()
    {
        var gate = new HostLimiter(_clock);
        for (int turn = 1; turn <= 32; turn++)
            await gate.EnterAsync(turn, 0, default);
        for (int turn = 1; turn <= 32; turn++)
            gate.Leave(TimeSpan.FromSeconds(1));

        var back = Enumerable.Range(1, 32).Select(turn => gate.EnterAsync(turn, 0, default)).ToArray();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(back[..16]).WaitAsync(TestTimeout.Hang);
        Assert.Equal(16, back.Count(task => task.IsCompleted));
    }

    [Fact]
    public async Task Who_was_refused_least_and_came_first_goes_first()
    {
        var gate = new HostLimiter(_clock);
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
        await Task.WhenAll(done).WaitAsync(TestTimeout.Hang);

        Assert.Equal([3, 4, 5, 2], order);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_line()
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromSeconds(1));
        using var stop = new CancellationTokenSource();

        var given = gate.EnterAsync(2, 0, stop.Token);
        var stays = gate.EnterAsync(3, 0, default);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await stays.WaitAsync(TestTimeout.Hang);
    }

    [Fact]
    public async Task Two_thousand_requests_pass_whatever_the_gateway_complains_about()
    {
        // Real time here: many threads, random complaints, and no request may be left waiting.
        var gate = new HostLimiter(Clock.System);
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
        }))).WaitAsync(TestTimeout.Hang);

        Assert.Equal(0, inside);
    }

    [Fact]
    public async Task Wait_that_is_over_before_its_time_costs_no_depth_of_the_stack()
    {
        var clock = new StandingClock(turns: 20_000);
        var gate = new HostLimiter(clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromTicks(4000));
        var entered = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Less than the stacks of musl and of Windows; the framework wants 128 KiB of it to be free.
        new Thread(() => entered.SetResult(gate.EnterAsync(2, 0, default)), maxStackSize: 512 * 1024).Start();
        var passing = await entered.Task;

        await passing.WaitAsync(TestTimeout.Hang);
        Assert.False(clock.IsStackUsedUp);
        Assert.Equal(TimeSpan.FromMilliseconds(1), clock.Shortest);
    }

    [Theory]
    [InlineData(30, 2)]
    [InlineData(2, 30)]
    public async Task Longer_of_two_holds_counts(int first, int second)
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        await gate.EnterAsync(2, 0, default);
        gate.Leave(TimeSpan.FromSeconds(first));
        gate.Leave(TimeSpan.FromSeconds(second));

        var waiting = gate.EnterAsync(3, 0, default);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(await EndsSoonAsync(waiting));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await waiting.WaitAsync(TestTimeout.Hang);
    }

    [Fact]
    public async Task Gate_widens_again_by_about_one_for_every_round_of_good_responses()
    {
        var gate = new HostLimiter(_clock);
        for (int turn = 1; turn <= 8; turn++)
            await gate.EnterAsync(turn, 0, default);
        for (int turn = 1; turn <= 8; turn++)
            gate.Leave(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, await CountPassingAsync(gate));

        // Each good response adds its share of one, as TCP does it: not all of one after four, but after eight.
        for (int response = 0; response < 4; response++)
            gate.Leave(null);
        Assert.Equal(4, await CountPassingAsync(gate));
        for (int response = 0; response < 4; response++)
            gate.Leave(null);
        Assert.Equal(5, await CountPassingAsync(gate));
    }

    [Fact]
    public async Task Clock_that_is_set_back_closes_the_gate_for_no_longer_than_the_host_wants()
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromSeconds(7));
        _clock.Advance(TimeSpan.FromHours(-3));

        var waiting = gate.EnterAsync(2, 0, default);
        _clock.Advance(TimeSpan.FromSeconds(7));

        await waiting.WaitAsync(TestTimeout.Hang);
    }

    [Fact]
    public async Task Of_those_that_cannot_wait_so_long_one_goes_through_and_decides_for_all()
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromHours(1));

        Assert.True(await EnterAsync(gate, 2));
        var waiting = new[] { EnterAsync(gate, 3), EnterAsync(gate, 4) };
        Assert.False(await EndsSoonAsync(Task.WhenAny(waiting)));
        Assert.Null(gate.GetOpening(Limits.Hold));
        gate.Leave(null, isProbe: true);

        // The width was halved to one: the second follows the first.
        Assert.False(await waiting[0].WaitAsync(TestTimeout.Hang));
        gate.Leave(null);
        Assert.False(await waiting[1].WaitAsync(TestTimeout.Hang));
    }

    [Fact]
    public async Task Probes_that_are_refused_one_after_the_other_send_the_rest_away_until_the_next_command()
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromHours(1));
        Assert.True(await EnterAsync(gate, 2));
        var waiting = new[] { EnterAsync(gate, 3), EnterAsync(gate, 4), EnterAsync(gate, 5) };
        for (int i = 0; i < 2; i++)
        {
            gate.Leave(TimeSpan.FromHours(2), isProbe: true);
            Assert.True(await waiting[i].WaitAsync(TestTimeout.Hang));
            Assert.False(await EndsSoonAsync(waiting[i + 1]));
        }

        gate.Leave(TimeSpan.FromHours(2), isProbe: true);

        Assert.Equal(TimeSpan.FromHours(2), (await Assert.ThrowsAsync<HostClosedException>(() => waiting[2])).Left);
        await Assert.ThrowsAsync<HostClosedException>(() => EnterAsync(gate, 6));
        gate.Begin();

        Assert.True(await EnterAsync(gate, 7));
    }

    [Fact]
    public async Task Last_word_of_a_host_counts_also_when_it_is_a_shorter_wait()
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromHours(1));
        Assert.True(await EnterAsync(gate, 2));
        var waiting = EnterAsync(gate, 3);

        // The timer of the first hour runs.
        gate.Leave(TimeSpan.FromSeconds(5), isProbe: true);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(5), gate.GetOpening(Limits.Hold));
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.False(await waiting.WaitAsync(TestTimeout.Hang));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Probes_that_were_refused_count_for_one_closure_only(bool hasResponse)
    {
        var limits = Limits with { Refusals = TimeSpan.MaxValue };
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromHours(1));
        for (int probe = 1; probe <= 2; probe++)
        {
            Assert.True(await gate.EnterAsync(1 + probe, 0, limits, default));
            gate.Leave(TimeSpan.FromHours(1), isProbe: true);
        }

        if (hasResponse)
        {
            Assert.True(await gate.EnterAsync(4, 0, limits, default));
            gate.Leave(null, isProbe: true);
        }
        else
        {
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.False(await gate.EnterAsync(5, 0, limits, default));
        gate.Leave(TimeSpan.FromHours(1));
        for (int probe = 1; probe <= 3; probe++)
        {
            Assert.True(await gate.EnterAsync(5 + probe, 0, limits, default));
            gate.Leave(TimeSpan.FromHours(1), isProbe: true);
        }

        await Assert.ThrowsAsync<HostClosedException>(() => gate.EnterAsync(9, 0, limits, default));
    }

    [Fact]
    public async Task Host_that_refuses_every_request_for_long_sends_the_rest_away()
    {
        var gate = new HostLimiter(_clock);
        var waiting = new List<Task<bool>>();
        for (int minute = 0; minute < 5; minute++)
        {
            Assert.False(await EnterAsync(gate, minute));
            gate.Leave(TimeSpan.FromMinutes(1));
            if (minute == 4)
                break;
            waiting.Add(EnterAsync(gate, 10 + minute));
            Assert.False(await EndsSoonAsync(waiting[minute]));
            _clock.Advance(TimeSpan.FromMinutes(1));
            await waiting[minute].WaitAsync(TestTimeout.Hang);
            gate.Leave(TimeSpan.Zero);
        }

        await Assert.ThrowsAsync<HostClosedException>(() => EnterAsync(gate, 20));
        gate.Begin();
        Assert.False(await EndsSoonAsync(EnterAsync(gate, 21)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Good_response_renews_the_limits_of_those_that_wait(bool hasResponse)
    {
        var gate = new HostLimiter(_clock);
        await gate.EnterAsync(1, 0, default);
        gate.Leave(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromMinutes(4));
        await gate.EnterAsync(2, 0, default);
        if (hasResponse)
        {
            gate.Leave(null);
            await gate.EnterAsync(3, 0, default);
        }

        gate.Leave(TimeSpan.FromSeconds(1));
        var waiting = EnterAsync(gate, 5);

        if (!hasResponse)
        {
            await Assert.ThrowsAsync<HostClosedException>(() => waiting);
            return;
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await waiting.WaitAsync(TestTimeout.Hang));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Wait_is_never_shorter_than_it_should_be(long ticks, int milliseconds) =>
        Assert.Equal(milliseconds, Clock.ToWholeMilliseconds(TimeSpan.FromTicks(ticks)));

    private static Task<bool> EnterAsync(HostLimiter gate, long turn) => gate.EnterAsync(turn, 0, Limits, default);

    // Requests pass in order, so those that pass at once are the first ones.
    private static async Task<int> CountPassingAsync(HostLimiter gate)
    {
        int count = 0;
        using var stop = new CancellationTokenSource();
        while (await EndsSoonAsync(gate.EnterAsync(50 + count, 0, stop.Token)))
            count++;
        await stop.CancelAsync();
        return count;
    }

    // What a gate lets pass, it lets pass before the call returns.
    private static async Task<bool> EndsSoonAsync(Task passing)
    {
        await Task.Yield();
        return passing.IsCompleted;
    }

    // Every wait is over at once, and the time does not move, for so many turns.
    private sealed class StandingClock(int turns) : Clock
    {
        private readonly DateTimeOffset _start = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);
        private volatile int _left = turns;

        public bool IsStackUsedUp { get; private set; }

        public TimeSpan Shortest { get; private set; } = TimeSpan.MaxValue;

        public override DateTimeOffset GetUtcNow() => _left > 0 ? _start : _start.AddHours(1);

        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            Shortest = delay < Shortest ? delay : Shortest;
            _left--;
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                IsStackUsedUp = true;
                _left = 0;
            }

            return Task.CompletedTask;
        }
    }
}
