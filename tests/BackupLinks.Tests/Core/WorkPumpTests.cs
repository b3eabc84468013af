using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Concurrency;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Core;

public sealed class WorkPumpTests
{
    // Long beside the call that must wait for it.
    private static readonly TimeSpan CleanUp = TimeSpan.FromMilliseconds(200);

    private readonly Output _output = new();
    private readonly Progress _progress = new();
    private int _begun;
    private int _ended;
    private int _running;
    private int _mostRunning;

    [Fact]
    public async Task Disposing_waits_for_all_that_runs()
    {
        var pump = Pump(3, 10, EndSlowlyAsync);
        for (int i = 0; i < 3; i++)
            pump.Add(i);
        await BegunAsync(3);

        pump.Dispose();

        Assert.Equal(3, Volatile.Read(ref _ended));
    }

    [Fact]
    public async Task A_stop_ends_the_pipeline_thread_only_after_all_that_ran()
    {
        using var pump = Pump(3, 10, EndSlowlyAsync);
        int endedThen = -1;
        var thread = Task.Run(() =>
        {
            for (int i = 0; i < 3; i++)
                pump.Add(i);
            try
            {
                pump.Complete();
            }
            finally
            {
                endedThen = Volatile.Read(ref _ended);
            }
        });
        await BegunAsync(3);

        pump.Cancel();

        await Assert.ThrowsAsync<PipelineStoppedException>(() => thread.WaitAsync(TestTimeout.Hang));
        Assert.Equal(3, endedThen);
    }

    [Fact]
    public async Task An_output_that_throws_ends_the_call_only_after_all_that_ran()
    {
        using var pump = Pump(
            3, 10, (item, stop) => item == 0 ? Task.FromResult(0) : EndSlowlyAsync(item, stop), inOrder: false);
        _output.Throws = new InvalidOperationException("downstream");
        int endedThen = -1;
        var thread = Task.Run(() =>
        {
            try
            {
                pump.Add(1);
                pump.Add(2);
                SpinWait.SpinUntil(() => Volatile.Read(ref _begun) == 2, TestTimeout.Hang);
                pump.Add(0);
                pump.Complete();
            }
            finally
            {
                endedThen = Volatile.Read(ref _ended);
            }
        });

        Assert.Same(
            _output.Throws,
            await Assert.ThrowsAsync<InvalidOperationException>(() => thread.WaitAsync(TestTimeout.Hang)));
        Assert.Equal(2, endedThen);
    }

    [Fact]
    public async Task Nothing_begins_after_a_stop()
    {
        var pump = Pump(1, 10, EndSlowlyAsync);
        for (int i = 0; i < 5; i++)
            pump.Add(i);
        await BegunAsync(1);

        pump.Cancel();
        pump.Dispose();

        Assert.Equal((1, 1), (_begun, _ended));
        Assert.Throws<ObjectDisposedException>(() => pump.Stopping);
    }

    [Fact]
    public async Task Progress_counts_what_is_finished_and_knows_the_total_at_the_end_of_the_input()
    {
        using var pump = Pump(1, 10, (item, _) => Task.FromResult(item));

        await OnPipelineThread(() =>
        {
            for (int i = 0; i < 3; i++)
                pump.Add(i);
            Assert.All(_progress.Seen, seen => Assert.Null(seen.Total));
            pump.Complete();
        });

        Assert.Equal((3, 3L), _progress.Seen[^1]);
        Assert.Equal(1, _progress.Completed);
        // The records reach the output, each as it comes.
        Assert.Equal(_progress.Seen.Count + 1, _output.Records.Count);
        Assert.Equal(ProgressRecordType.Completed, _output.Records[^1].RecordType);
    }

    [Fact]
    public async Task Progress_is_completed_also_when_the_output_throws()
    {
        using var pump = Pump(1, 10, (item, _) => Task.FromResult(item));
        _output.Throws = new InvalidOperationException("downstream");

        await Assert.ThrowsAsync<InvalidOperationException>(() => OnPipelineThread(() =>
        {
            pump.Add(0);
            pump.Complete();
        }));

        Assert.Equal(1, _progress.Completed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task As_many_run_as_the_limit_says_and_no_more(int limit)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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
            var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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

    [Fact]
    public async Task An_item_that_makes_others_wait_for_too_long_loses_its_place()
    {
        var clock = new ManualClock();
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pump = new WorkPump<int, int>(4, 10, inInputOrder: true, async (item, stop) =>
        {
            if (item == 0)
                await others.Task.WaitAsync(TestTimeout.Hang, stop);
            else if (item == 3)
                clock.Advance(TimeSpan.FromSeconds(2));
            return item;
        }, _output, _progress, clock: clock)
        {
            Patience = TimeSpan.FromSeconds(2),
        };
        _output.OnWrite = item =>
        {
            if (item == 3)
                others.SetResult();
        };

        await OnPipelineThread(() =>
        {
            // The pump has seen the first item late once the clock moves.
            pump.Add(0);
            pump.Add(1);
            pump.Add(2);
            pump.Add(3);
            pump.Complete();
        });

        Assert.Equal([1, 2, 3, 0], _output.Items);
    }

    [Fact]
    public async Task An_item_that_waits_for_its_next_attempt_loses_its_place_at_once()
    {
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pump = new WorkPump<int, int>(2, 10, inInputOrder: true, async (item, stop) =>
        {
            if (item == 0)
                await others.Task.WaitAsync(TestTimeout.Hang, stop);
            return item;
        }, _output, _progress, clock: new ManualClock())
        {
            Patience = TimeSpan.FromSeconds(2),
            IsLate = static item => item == 0,
        };
        _output.OnWrite = item =>
        {
            if (item == 1)
                others.SetResult();
        };

        await OnPipelineThread(() =>
        {
            pump.Add(0);
            pump.Add(1);
            pump.Complete();
        });

        Assert.Equal([1, 0], _output.Items);
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
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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

    private Action<Action>? _post;

    private WorkPump<int, int> Pump(
        int limit, int window, Func<int, CancellationToken, Task<int>> work, bool inOrder = true,
        Func<int, bool>? hasMore = null) =>
        new(limit, window, inOrder, async (item, stop) =>
        {
            int running = Interlocked.Increment(ref _running);
            for (int known = _mostRunning; running > known; known = _mostRunning)
                Interlocked.CompareExchange(ref _mostRunning, running, known);
            try
            {
                return await work(item, stop);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }, _output, _progress, hasMore);

    private async Task<int> EndSlowlyAsync(int item, CancellationToken stop)
    {
        Interlocked.Increment(ref _begun);
        try
        {
            await Task.Delay(TestTimeout.Hang, stop);
        }
        finally
        {
            await Task.Delay(CleanUp, CancellationToken.None);
            Interlocked.Increment(ref _ended);
        }

        return item;
    }

    private Task BegunAsync(int count) =>
        Task.Run(() => Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _begun) >= count, TestTimeout.Hang)));

    private static Task OnPipelineThread(Action action) => Task.Run(action).WaitAsync(TestTimeout.Hang);

    private sealed class Output : IPumpOutput<int, int>
    {
        public List<int> Items { get; } = [];

        public Action<int>? OnWrite { get; set; }

        public Exception? Throws { get; set; }

        public void Write(int item, Task<int> task)
        {
            if (Throws is not null)
                throw Throws;
            Items.Add(item);
            OnWrite?.Invoke(item);
        }

        public List<ProgressRecord> Records { get; } = [];

        public void Write(ProgressRecord record) => Records.Add(record);
    }

    private sealed class Progress : IProgressLines
    {
        public List<(long Done, long? Total)> Seen { get; } = [];

        public int Completed { get; private set; }

        public IEnumerable<ProgressRecord> Next(long done, long? total)
        {
            Seen.Add((done, total));
            return [new ProgressRecord(1, "work", "on its way")];
        }

        public IEnumerable<ProgressRecord> Complete()
        {
            Completed++;
            return [new ProgressRecord(1, "work", "done") { RecordType = ProgressRecordType.Completed }];
        }
    }
}
