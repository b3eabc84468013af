using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace BackupLinks.Transfer;

/// <summary>The workers of one download: some go when fewer are wanted, others come when more are.</summary>
/// <param name="wanted">How many are wanted at first.</param>
internal sealed class WorkerPool(int wanted)
{
    private readonly object _lock = new();
    private readonly List<Task> _workers = [];
    private int _count;
    private int _wanted = wanted;
    private bool _isFinished;

    /// <summary>How many are at work.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>How many there should be. Who has finished a segment goes when there are more.</summary>
    public int FilterParameters
    {
        get
        {
            lock (_lock)
                return _wanted;
        }

        set
        {
            lock (_lock)
                _wanted = value;
        }
    }

    /// <summary>Lets one more work.</summary>
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

    /// <summary>Lets the caller go, when there are more than wanted.</summary>
    public bool TryScaleDown()
    {
        lock (_lock)
        {
            if (_count <= _wanted)
                return false;
            _count--;
            return true;
        }
    }

    /// <summary>Lets the caller go, unless it is the last one.</summary>
    public bool TryRemove()
    {
        lock (_lock)
        {
            if (_count <= 1)
                return false;
            _count--;
            _wanted = Math.Min(_wanted, _count);
            return true;
        }
    }

    /// <summary>Returns when all have gone, also those who came meanwhile.</summary>
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
