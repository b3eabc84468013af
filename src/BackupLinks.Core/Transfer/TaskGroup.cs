using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Transfer;

/// <summary>The tasks of one download. A failure of one stops the others, and the first failure is kept.</summary>
internal sealed class TaskGroup : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly List<Task> _tasks = [];
    private Exception? _failure;

    /// <summary>Begins a group.</summary>
    /// <param name="cancellationToken">Stops it from outside.</param>
    public TaskGroup(CancellationToken cancellationToken) =>
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Cancelled when the group is to stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>True when the group is to stop.</summary>
    public bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>The first failure; null for none.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Adds a task; its failure stops the others at once.</summary>
    public void Add(Task task) => _tasks.Add(GuardAsync(task));

    /// <summary>Keeps a failure, unless there was one before.</summary>
    public void Note(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    /// <summary>Stops the tasks.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Stops the tasks, and returns when all have ended.</summary>
    public Task FinishAsync()
    {
        Stop();
        return Task.WhenAll(_tasks);
    }

    public void Dispose() => _stop.Dispose();

    private async Task GuardAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsStopping)
        {
        }
        catch (Exception e)
        {
            Note(e);
            Stop();
        }
    }
}
