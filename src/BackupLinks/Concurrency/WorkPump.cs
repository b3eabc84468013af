using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Concurrency;

/// <summary>
/// Runs asynchronous work for pipeline input, several items at a time, and hands the results back on the pipeline
/// thread, in input order or as they come. Nothing is left running when a call to it returns by an exception, or when
/// it is disposed: a stopped pipeline, a downstream throw and <c>Select-Object -First</c> all cancel the work and
/// wait for it.
/// <para>
/// An item may have several results, one after another, such as the pages of a list: the work for an item runs again
/// only when its last result has been written. A consumer that stops taking results causes no more work.
/// </para>
/// </summary>
/// <typeparam name="TItem">One unit of input.</typeparam>
/// <typeparam name="TResult">The result of the work.</typeparam>
internal sealed class WorkPump<TItem, TResult> : IDisposable
{
    private readonly int _limit;
    private readonly int _window;
    private readonly bool _inInputOrder;
    private readonly Func<TItem, CancellationToken, Task<TResult>> _work;
    private readonly IPumpOutput<TItem, TResult> _output;
    private readonly IProgressLines _progress;
    private readonly Func<TResult, bool>? _hasMore;
    private readonly Queue<Slot> _pending = new();
    private readonly ConcurrentQueue<Slot> _done = new();
    private readonly ConcurrentQueue<Slot> _waiting = new();
    private readonly ConcurrentQueue<Slot> _continued = new();
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Clock _clock;
    private int _workers;
    private int _finished;
    private int _added;
    private int _written;
    private bool _isDisposed;

    /// <summary>Creates a pump.</summary>
    /// <param name="limit">The most items in work at once.</param>
    /// <param name="window">
    /// The most items taken and not yet written; an item that takes long must not idle the others.
    /// </param>
    /// <param name="inInputOrder">
    /// True to write results in the order of the input, false to write them as they come.
    /// </param>
    /// <param name="work">The work; runs on other threads.</param>
    /// <param name="output">Takes what is finished; is called on the pipeline thread only.</param>
    /// <param name="progress">Words the progress.</param>
    /// <param name="hasMore">
    /// True for a result whose item needs another run of the work; null when no result does.
    /// </param>
    /// <param name="clock">The time.</param>
    public WorkPump(
        int limit, int window, bool inInputOrder, Func<TItem, CancellationToken, Task<TResult>> work, IPumpOutput<TItem,
        TResult> output,
        IProgressLines progress, Func<TResult, bool>? hasMore = null, Clock? clock = null)
    {
        _clock = clock ?? Clock.System;
        _limit = limit;
        _window = window;
        _inInputOrder = inInputOrder;
        _work = work;
        _output = output;
        _progress = progress;
        _hasMore = hasMore;
    }

    /// <summary>
    /// How long an item may be in work while finished results wait for it, which come after it in the input; then it
    /// loses its place. Null for as long as it takes. One region that does not respond must not hold up all others.
    /// </summary>
    public TimeSpan? HeadTimeout { get; init; }

    /// <summary>
    /// True for an item that waits for its next attempt, and may take long: it has a part of the
    /// <see cref="HeadTimeout"/>, so that a short wait does not change the order.
    /// </summary>
    public Func<TItem, bool> IsWaiting { get; init; } = static _ => false;

    /// <summary>Cancelled when the pump stops.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Has something done on the pipeline thread, soon; from any thread.</summary>
    public void Post(Action message)
    {
        _messages.Enqueue(message);
        Wake();
    }

    /// <summary>
    /// Adds one item when there is room, and writes finished results until then. On the pipeline thread.
    /// </summary>
    public void Add(TItem item)
    {
        RunUntil(() => _added - _written < _window, total: null);
        _added++;
        var slot = new Slot(item);
        if (_inInputOrder)
            _pending.Enqueue(slot);
        Enqueue(_waiting, slot);
    }

    /// <summary>Writes the rest, as it finishes. On the pipeline thread.</summary>
    public void Complete()
    {
        RunUntil(() => _added == _written, total: _added);
        WriteProgress(_progress.Complete());
    }

    /// <summary>Cancels all work; from any thread. The pipeline thread then leaves the pump by an exception.</summary>
    public void Cancel()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command ended at the same moment.
        }

        Wake();
    }

    /// <summary>Cancels what still runs and waits for it.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        CancelAndWait();
        _stop.Dispose();
        _wake.Dispose();
    }

    private void RunUntil(Func<bool> isDone, int? total)
    {
        bool isClean = false;
        try
        {
            while (true)
            {
                WriteFinished();
                if (_stop.IsCancellationRequested)
                    throw new PipelineStoppedException();
                WriteProgress(_progress.Next(Volatile.Read(ref _finished), total));
                if (isDone())
                    break;
                _wake.WaitOne(ProgressMeter.Interval);
            }

            isClean = true;
        }
        finally
        {
            if (!isClean)
                Abandon();
        }
    }

    private void WriteFinished()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_messages.TryDequeue(out var message))
            {
                message();
            }
            else if (TryTakeFinished(out var slot, out var task))
            {
                bool hasMore = HasMore(task!);
                if (!hasMore)
                    _written++;
                _output.Write(slot!.Item, task!);
                if (hasMore)
                    Enqueue(_continued, slot);
            }
            else
            {
                return;
            }
        }
    }

    private bool TryTakeFinished(out Slot? slot, out Task<TResult>? task)
    {
        if (!_inInputOrder)
            _done.TryDequeue(out slot);
        else
            slot = GetHead();
        task = slot?.Task;
        if (task is null)
            return false;
        (slot!.Task, slot.Begin) = (null, null);
        // An item with more to come keeps its place.
        if (_inInputOrder && !HasMore(task))
            _pending.Dequeue();
        return true;
    }

    // The item whose results are next.
    private Slot? GetHead()
    {
        if (_pending.Count == 0)
            return null;
        var head = _pending.Peek();
        if (HeadTimeout is not { } timeout || head.Task is not null)
            return head;
        // The item at the head goes to the end. The next one may be late, too, and is looked at by itself.
        if (IsLate(head, timeout) && _pending.Any(slot => slot.Task is not null))
            _pending.Enqueue(_pending.Dequeue());
        return _pending.Peek();
    }

    private bool IsLate(Slot slot, TimeSpan timeout)
    {
        const int PartOfWaiting = 4;
        return slot.Begin is { } begin && _clock.GetElapsed() - begin is var time
            && (time >= timeout || (time.Ticks >= timeout.Ticks / PartOfWaiting && IsWaiting(slot.Item)));
    }

    private bool HasMore(Task<TResult> task) =>
        _hasMore is not null && task.Status == TaskStatus.RanToCompletion && _hasMore(task.Result);

    private void Enqueue(ConcurrentQueue<Slot> queue, Slot slot)
    {
        queue.Enqueue(slot);
        if (TryHireWorker())
            _ = Task.Run(WorkAsync);
    }

    private void WriteProgress(IEnumerable<ProgressRecord> records)
    {
        foreach (var record in records)
            _output.Write(record);
    }

    private void Abandon()
    {
        CancelAndWait();
        try
        {
            WriteProgress(_progress.Complete());
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline takes no records; the host clears its bars itself.
        }
    }

    private void CancelAndWait()
    {
        _stop.Cancel();
        while (TryTakeWork(out _))
        {
            // Never begun, so there is nothing to wait for.
        }

        while (Volatile.Read(ref _workers) > 0)
            _wake.WaitOne(ProgressMeter.Interval);
        _pending.Clear();
    }

    // A worker takes one item after the other, in the order of the input. It does not wait for the pipeline thread:
    // the next item begins while the last one's results are written.
    private async Task WorkAsync()
    {
        do
        {
            while (TryTakeWork(out var slot))
            {
                slot!.Begin = _clock.GetElapsed();
                var task = RunAsync(slot.Item);
                await Task.WhenAny(task).ConfigureAwait(false);
                slot.Task = task;
                if (!_inInputOrder)
                    _done.Enqueue(slot);
                if (!HasMore(task))
                    Interlocked.Increment(ref _finished);
                Wake();
            }

            Interlocked.Decrement(ref _workers);
            Wake();
        }
        // An item may come between the two lines above.
        while (!(_continued.IsEmpty && _waiting.IsEmpty) && TryHireWorker());
    }

    // The item that the pipeline thread waits for goes first.
    private bool TryTakeWork(out Slot? slot) => _continued.TryDequeue(out slot) || _waiting.TryDequeue(out slot);

    // Whatever the work throws, also before its first await, is in the task.
    private async Task<TResult> RunAsync(TItem item) => await _work(item, _stop.Token).ConfigureAwait(false);

    // Never above the limit, not even for a moment: a worker on its way out must not take that for a colleague.
    private bool TryHireWorker()
    {
        for (int count = Volatile.Read(ref _workers); count < _limit;)
        {
            int seen = Interlocked.CompareExchange(ref _workers, count + 1, count);
            if (seen == count)
                return true;
            count = seen;
        }

        return false;
    }

    private void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // The pump is gone, and no caller waits.
        }
    }

    // An item on its way; the task is there once its work is over.
    private sealed class Slot(TItem item)
    {
        private volatile Task<TResult>? _task;
        private volatile object? _begin;

        public TItem Item => item;

        // When its work was begun; null for an item that waits for a worker.
        public TimeSpan? Begin
        {
            get => (TimeSpan?)_begin;
            set => _begin = value;
        }

        public Task<TResult>? Task
        {
            get => _task;
            set => _task = value;
        }
    }
}
