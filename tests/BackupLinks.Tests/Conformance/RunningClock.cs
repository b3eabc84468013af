using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Tests.Conformance;

/// <summary>The real time, which the sandbox checks, and the waits on top of it: they take none.</summary>
internal sealed class RunningClock : Clock
{
    private TimeSpan _waited;

    /// <summary>Every wait that was requested.</summary>
    public List<TimeSpan> Delays { get; } = [];

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _waited;

    public override TimeSpan GetElapsed() => base.GetElapsed() + _waited;

    public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Delays.Add(delay);
        _waited += delay;
        return Task.CompletedTask;
    }
}
