using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Module;

public sealed class WorkPumpTests : WorkPumpTest
{
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

    [Fact]
    public async Task The_error_of_an_output_is_not_that_of_a_pipeline_that_takes_no_records_any_more()
    {
        using var pump = Pump(1, 10, (item, _) => Task.FromResult(item));
        _output.Throws = new InvalidOperationException("downstream");
        _output.ThrowsOfRecords = new PipelineStoppedException();

        await Assert.ThrowsAsync<InvalidOperationException>(() => OnPipelineThread(() =>
        {
            pump.Add(0);
            pump.Complete();
        }));
    }

    [Fact]
    public async Task An_item_that_failed_has_no_more_to_come()
    {
        using var pump = Pump(
            1, 10, (_, _) => throw new InvalidOperationException("no response"), hasMore: _ => true);

        await OnPipelineThread(() =>
        {
            pump.Add(0);
            pump.Complete();
        });

        Assert.Equal([0], _output.Items);
    }

    [Fact]
    public async Task Nothing_is_written_after_a_stop()
    {
        using var pump = Pump(1, 10, (item, _) =>
        {
            Interlocked.Increment(ref _begun);
            return Task.FromResult(item);
        });
        _output.OnWrite = _ => pump.Cancel();

        await Assert.ThrowsAsync<PipelineStoppedException>(() => OnPipelineThread(() =>
        {
            for (int i = 0; i < 3; i++)
                pump.Add(i);
            // The one worker begins the last item once it has done with the others.
            BegunAsync(3).GetAwaiter().GetResult();
            pump.Complete();
        }));

        Assert.Equal([0], _output.Items);
    }

    [Fact]
    public async Task An_item_with_several_results_is_finished_once()
    {
        int pages = 0;
        using var pump = Pump(1, 10, (_, _) => Task.FromResult(++pages), hasMore: page => page < 3);

        await OnPipelineThread(() =>
        {
            pump.Add(0);
            pump.Complete();
        });

        Assert.Equal(3, pages);
        Assert.All(_progress.Seen, seen => Assert.InRange(seen.Done, 0, 1));
        Assert.Equal((1, 1L), _progress.Seen[^1]);
    }
}
