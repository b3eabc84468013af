using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Concurrency;
using BackupLinks.Tests.Core;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Module;

/// <summary>Whose turn it is: to be added, to be worked on, and to be written.</summary>
public sealed class WorkPumpTurnTests : WorkPumpTest
{
    [Fact]
    public async Task An_item_is_added_at_once_as_long_as_the_window_has_room()
    {
        const int Window = 3;
        var full = Signal();
        int added = 0, looks = 0;
        using var pump = Pump(Window, Window, async (item, stop) =>
        {
            await full.Task.WaitAsync(TestTimeout.Hang, stop);
            return item;
        });
        var looksOfAdding = new List<int>();
        // The first item ends when the pump has looked for room in vain.
        _progress.OnNext = _ =>
        {
            if (++looks == 2)
                full.TrySetResult();
        };

        await OnPipelineThread(() =>
        {
            for (; added <= Window; added++)
            {
                looks = 0;
                pump.Add(added);
                looksOfAdding.Add(looks);
            }

            pump.Complete();
        });

        Assert.Equal([1, 1, 1], looksOfAdding[..Window]);
        Assert.InRange(looksOfAdding[Window], 2, int.MaxValue);
    }

    [Fact]
    public async Task An_item_that_has_finished_keeps_its_place_however_long_it_took()
    {
        var clock = new ManualClock();
        var added = Signal();
        var last = Signal();
        using var pump = new WorkPump<int, int>(1, 10, inInputOrder: true, async (item, stop) =>
        {
            if (item == 0)
            {
                await added.Task.WaitAsync(TestTimeout.Hang, stop);
                clock.Advance(TimeSpan.FromSeconds(3));
            }

            if (item == 2)
                last.SetResult();
            return item;
        }, _output, _progress, clock: clock)
        {
            HeadTimeout = TimeSpan.FromSeconds(2),
        };

        await OnPipelineThread(() =>
        {
            for (int item = 0; item < 3; item++)
                pump.Add(item);
            added.SetResult();
            // The one worker has done with the others before it begins the last one.
            last.Task.WaitAsync(TestTimeout.Hang).GetAwaiter().GetResult();
            pump.Complete();
        });

        Assert.Equal([0, 1, 2], _output.Items);
    }

    [Fact]
    public async Task An_item_that_is_late_keeps_its_place_while_no_other_one_has_finished()
    {
        var clock = new ManualClock();
        var first = Signal();
        var second = Signal();
        using var pump = new WorkPump<int, int>(2, 10, inInputOrder: true, async (item, stop) =>
        {
            Interlocked.Increment(ref _begun);
            await (item == 0 ? first : second).Task.WaitAsync(TestTimeout.Hang, stop);
            return item;
        }, _output, _progress, clock: clock)
        {
            HeadTimeout = TimeSpan.FromSeconds(2),
        };
        int looks = 0, looksSinceFirst = 0;
        _progress.OnNext = done =>
        {
            if (++looks > 2)
                first.TrySetResult();
            // By the third look, the result of the first one has been written.
            if (done == 1 && ++looksSinceFirst > 3)
                second.TrySetResult();
        };

        await OnPipelineThread(() =>
        {
            pump.Add(0);
            BegunAsync(1).GetAwaiter().GetResult();
            clock.Advance(TimeSpan.FromSeconds(3));
            pump.Add(1);
            BegunAsync(2).GetAwaiter().GetResult();
            pump.Complete();
        });

        Assert.Equal([0, 1], _output.Items);
    }

    [Fact]
    public async Task An_item_with_more_to_come_is_worked_on_before_one_that_has_not_begun()
    {
        var begun = new List<int>();
        var added = Signal();
        var secondBegun = Signal();
        var continued = Signal();
        bool isContinued = false;
        using var pump = Pump(
            1, 10, async (item, stop) =>
            {
                begun.Add(item);
                if (item == 0)
                    await added.Task.WaitAsync(TestTimeout.Hang, stop);
                if (item == 1)
                {
                    secondBegun.SetResult();
                    await continued.Task.WaitAsync(TestTimeout.Hang, stop);
                }

                return item == 0 ? begun.Count : 100;
            },
            hasMore: result => result == 1);
        // The first item is queued again only when the second one is in work, and the pump then looks up.
        _output.OnWrite = item =>
        {
            Assert.True(secondBegun.Task.Wait(TestTimeout.Hang));
            isContinued |= item == 0;
        };
        _progress.OnNext = _ =>
        {
            if (isContinued)
                continued.TrySetResult();
        };

        await OnPipelineThread(() =>
        {
            for (int item = 0; item < 3; item++)
                pump.Add(item);
            added.SetResult();
            pump.Complete();
        });

        Assert.Equal([0, 1, 0, 2], begun);
        Assert.Equal([0, 0, 1, 2], _output.Items);
    }
}
