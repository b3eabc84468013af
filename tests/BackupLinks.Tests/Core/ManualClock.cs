using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core;

/// <summary>A clock that a test moves; or, on request, one on which every wait is over at once.</summary>
internal sealed class ManualClock(bool advanceByItself = false) : Clock
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset Due, TaskCompletionSource Source)> _waits = [];
    private readonly List<(DateTimeOffset Due, CancellationTokenSource Source)> _bounds = [];
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _now = Start;

    /// <summary>Every wait that was requested.</summary>
    public List<TimeSpan> Delays { get; } = [];

    /// <summary>How often a wait of this length was requested; safe while others wait.</summary>
    public int CountDelays(TimeSpan delay)
    {
        lock (_lock)
            return Delays.FindAll(each => each == delay).Count;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override TimeSpan GetElapsed() => GetUtcNow() - Start;

    public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Delays.Add(delay);
            if (advanceByItself)
            {
                _now += delay;
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((_now + delay, source));
            return source.Task.WaitAsync(cancellationToken);
        }
    }

    public override void CancelAfter(CancellationTokenSource source, TimeSpan delay)
    {
        lock (_lock)
        {
            _bounds.RemoveAll(bound => bound.Source == source);
            _bounds.Add((_now + delay, source));
        }
    }

    /// <summary>How many sources are to be cancelled; safe while others add to them.</summary>
    public int CountBounds()
    {
        lock (_lock)
            return _bounds.Count;
    }

    public void Advance(TimeSpan time)
    {
        TaskCompletionSource[] due;
        CancellationTokenSource[] over;
        lock (_lock)
        {
            _now += time;
            due = [.. _waits.Where(wait => wait.Due <= _now).Select(wait => wait.Source)];
            _waits.RemoveAll(wait => wait.Due <= _now);
            over = [.. _bounds.Where(bound => bound.Due <= _now).Select(bound => bound.Source)];
            _bounds.RemoveAll(bound => bound.Due <= _now);
        }

        foreach (var source in due)
            source.SetResult();
        foreach (var source in over)
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // What it was the bound of has ended.
            }
        }
    }
}
