using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Concurrency;
using BackupLinks.Tests.Core;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Module;

/// <summary>How many items are in work, and in which order their results come.</summary>
public sealed class WorkPumpOrderTests : WorkPumpTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task As_many_run_as_the_limit_says_and_no_more(int limit)
    {
        var all = Signal();
        using var pump = Pump(limit, 100, async (item, stop) =>
        {
            if (Interlocked.Increment(ref _begun) == limit)
                all.SetResult();
            await all.Task.WaitAsync(TestTimeout.Hang, stop);
            return item;
        });

        await OnPipelineThread(() =>
        {
            for (int i = 0; i < 40; i++)
                pump.Add(i);
            pump.Complete();
        });

        Assert.Equal(limit, _mostRunning);
        Assert.Equal(Enumerable.Range(0, 40), _output.Items);
    }

    [Fact]
    public async Task No_more_is_taken_than_the_window_says_while_the_first_is_stuck()
    {
        const int Window = 6;
        int added = 0, addedThen = 0;
        var first = Signal();
        using var pump = Pump(2, Window, async (item, stop) =>
        {
            if (item == 0)
                await first.Task.WaitAsync(TestTimeout.Hang, stop);
            // The last that fits lets the first go.
            if (item == Window - 1)
                first.SetResult();
            return item;
        });
        _output.OnWrite = item => addedThen = item == 0 ? added : addedThen;

        await OnPipelineThread(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                pump.Add(i);
                added++;
            }

            pump.Complete();
        });

        Assert.InRange(addedThen, Window - 1, Window);
        Assert.Equal(Enumerable.Range(0, 1000), _output.Items);
    }

    [Fact]
    public async Task In_the_order_of_the_input_or_as_they_come()
    {
        foreach (bool inOrder in new[] { true, false })
        {
            _output.Items.Clear();
            var second = Signal();
            using var pump = Pump(2, 10, inOrder: inOrder, work: async (item, stop) =>
            {
                if (item == 0)
                    await second.Task.WaitAsync(TestTimeout.Hang, stop);
                return item;
            });
            _output.OnWrite = item =>
            {
                if (item == 1 && !inOrder)
                    second.SetResult();
            };
            if (inOrder)
                second.SetResult();

            await OnPipelineThread(() =>
            {
                pump.Add(0);
                pump.Add(1);
                pump.Complete();
            });

            Assert.Equal(inOrder ? [0, 1] : [1, 0], _output.Items);
        }
    }

    // One worker has the first item, the other one the rest, one after the other; the last one moves the clock. The
    // first item ends when the pump has looked at it twice since then, or once it is the only one.
    [Theory]
    [InlineData(2, false, new[] { 1, 2, 0 })]
    [InlineData(1.9, false, new[] { 0, 1, 2 })]
    [InlineData(0.5, true, new[] { 1, 2, 0 })]
    [InlineData(0.4, true, new[] { 0, 1, 2 })]
    public async Task An_item_that_is_in_work_for_too_long_loses_its_place(
        double seconds, bool isWaiting, int[] expected)
    {
        var clock = new ManualClock();
        var begun = Signal();
        var seen = Signal();
        using var pump = new WorkPump<int, int>(2, 10, inInputOrder: true, async (item, stop) =>
        {
            if (item == 0)
            {
                begun.SetResult();
                await seen.Task.WaitAsync(TestTimeout.Hang, stop);
            }

            await begun.Task.WaitAsync(TestTimeout.Hang, stop);
            if (item == 2)
                clock.Advance(TimeSpan.FromSeconds(seconds));
            return item;
        }, _output, _progress, clock: clock)
        {
            HeadTimeout = TimeSpan.FromSeconds(2),
            IsWaiting = item => item == 0 && isWaiting,
        };
        int looks = 0;
        _progress.OnNext = done =>
        {
            if (done == 2 && ++looks == 2)
                seen.TrySetResult();
        };

        await OnPipelineThread(() =>
        {
            for (int item = 0; item < 3; item++)
                pump.Add(item);
            pump.Complete();
        });

        Assert.Equal(expected, _output.Items);
    }

    [Fact]
    public async Task An_item_with_more_to_come_has_its_whole_time_again()
    {
        var clock = new ManualClock();
        var others = Signal();
        int pages = 0;
        using var pump = new WorkPump<int, int>(2, 10, inInputOrder: true, async (item, stop) =>
        {
            if (item == 0 && ++pages == 1)
                await others.Task.WaitAsync(TestTimeout.Hang, stop);
            else if (item == 1)
                others.SetResult();
            return item;
        }, _output, _progress, hasMore: item => item == 0 && pages < 3, clock: clock)
        {
            HeadTimeout = TimeSpan.FromSeconds(2),
        };
        // The next command takes its time with each result.
        _output.OnWrite = _ => clock.Advance(TimeSpan.FromSeconds(3));

        await OnPipelineThread(() =>
        {
            pump.Add(0);
            pump.Add(1);
            pump.Complete();
        });

        Assert.Equal([0, 0, 0, 1], _output.Items);
    }

    [Fact]
    public async Task An_item_with_more_to_come_is_worked_on_again_only_once_its_result_is_written()
    {
        int pages = 0, written = 0;
        using var pump = Pump(
            2, 10, (item, _) =>
            {
                Assert.Equal(pages, Volatile.Read(ref written));
                return Task.FromResult(pages++);
            },
            hasMore: page => page < 2);
        _output.OnWrite = _ => written++;

        await OnPipelineThread(() =>
        {
            pump.Add(0);
            pump.Complete();
        });

        Assert.Equal((3, 3), (pages, written));
    }

    [Fact]
    public async Task A_message_is_handled_on_the_pipeline_thread_while_it_waits()
    {
        int thread = 0, handled = 0;
        using var posting = Pump(1, 10, async (item, stop) =>
        {
            var done = Signal();
            _post!(() =>
            {
                handled = Environment.CurrentManagedThreadId;
                done.SetResult();
            });
            await done.Task.WaitAsync(TestTimeout.Hang, stop);
            return item;
        });
        _post = posting.Post;

        await OnPipelineThread(() =>
        {
            thread = Environment.CurrentManagedThreadId;
            posting.Add(0);
            posting.Complete();
        });

        Assert.Equal(thread, handled);
    }
}
