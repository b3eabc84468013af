using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Concurrency;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Module;

/// <summary>A pump with its output and progress, and the count of items in work.</summary>
public abstract class WorkPumpTest
{
    // Long beside the call that must wait for it.
    private protected static readonly TimeSpan CleanUp = TimeSpan.FromMilliseconds(200);

    private protected readonly Output _output = new();
    private protected readonly Progress _progress = new();
    private protected int _begun;
    private protected int _ended;
    private protected int _running;
    private protected int _mostRunning;

    private protected Action<Action>? _post;

    private protected WorkPump<int, int> Pump(
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

    private protected async Task<int> EndSlowlyAsync(int item, CancellationToken stop)
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

    private protected Task BegunAsync(int count) =>
        Task.Run(() => Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _begun) >= count, TestTimeout.Hang)));

    private protected static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected static Task OnPipelineThread(Action action) => Task.Run(action).WaitAsync(TestTimeout.Hang);

    private protected sealed class Output : IPumpOutput<int, int>
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

        /// <summary>The error of a pipeline that takes no records any more.</summary>
        public Exception? ThrowsOfRecords { get; set; }

        public void Write(ProgressRecord record)
        {
            if (ThrowsOfRecords is not null && record.RecordType == ProgressRecordType.Completed)
                throw ThrowsOfRecords;
            Records.Add(record);
        }
    }

    private protected sealed class Progress : IProgressLines
    {
        public List<(long Done, long? Total)> Seen { get; } = [];

        public int Completed { get; private set; }

        public Action<long>? OnNext { get; set; }

        public IEnumerable<ProgressRecord> Next(long done, long? total)
        {
            Seen.Add((done, total));
            OnNext?.Invoke(done);
            return [new ProgressRecord(1, "work", "on its way")];
        }

        public IEnumerable<ProgressRecord> Complete()
        {
            Completed++;
            return [new ProgressRecord(1, "work", "done") { RecordType = ProgressRecordType.Completed }];
        }
    }
}
