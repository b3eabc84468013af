using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace BackupLinks.Transfer;

/// <summary>The workers of one download. Their number can be raised and lowered while they work.</summary>
/// <param name="target">How many there should be at first.</param>
internal sealed class WorkerPool(int target)
{
    private readonly object _lock = new();
    private readonly List<Task> _workers = [];
    private int _count;
    private int _target = target;
    private bool _isFinished;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>How many there should be. While there are more, a worker that has finished a segment ends.</summary>
    public int TargetCount
    {
        get
        {
            lock (_lock)
                return _target;
        }

        set
        {
            lock (_lock)
                _target = value;
        }
    }

    /// <summary>Starts a worker.</summary>
    /// <param name="work">The work; throws nothing.</param>
    /// <returns>False when all the work is done.</returns>
    public bool Start(Func<Task> work)
    {
        lock (_lock)
        {
            if (_isFinished)
                return false;
            _count++;
            _workers.Add(Task.Run(work));
            return true;
        }
    }

    /// <summary>Removes the calling worker, when there are more than the target; it must end then.</summary>
    public bool TryScaleDown()
    {
        lock (_lock)
        {
            if (_count <= _target)
                return false;
            _count--;
            return true;
        }
    }

    /// <summary>Removes the calling worker, unless it is the last one, and lowers the target with it.</summary>
    public bool TryRemove()
    {
        lock (_lock)
        {
            if (_count <= 1)
                return false;
            _count--;
            _target = Math.Min(_target, _count);
            return true;
        }
    }

    /// <summary>Returns when all have ended, also those that were started since.</summary>
    public async Task FinishAsync()
    {
        while (true)
        {
            Task[] workers;
            lock (_lock)
            {
                workers = [.. _workers.Where(worker => !worker.IsCompleted)];
                if (workers.Length == 0)
                {
                    _isFinished = true;
                    return;
                }
            }

            await Task.WhenAll(workers).ConfigureAwait(false);
        }
    }
}
