using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Time;

/// <summary>
/// The one seam for time. .NET 8 has TimeProvider for this; netstandard2.0 has not, and one of its own for
/// both frameworks is simpler than two.
/// </summary>
internal class Clock
{
    /// <summary>The machine's clock.</summary>
    public static readonly Clock System = new();

    /// <summary>Now.</summary>
    public virtual DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow;

    /// <summary>Time that has passed since some moment; passes evenly, also when the clock is set.</summary>
    public virtual TimeSpan GetElapsed() =>
        TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency);

    /// <summary>
    /// Waits at least so long. The framework counts whole milliseconds and drops the rest: half a millisecond would
    /// be no wait at all, and a caller that waits for a time would come back before it.
    /// </summary>
    public virtual Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        Task.Delay(ToWholeMilliseconds(delay), cancellationToken);

    /// <summary>
    /// Waits at least so long; false when it was stopped before. Unlike an exception, that costs nothing.
    /// </summary>
    public async Task<bool> WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        var wait = DelayAsync(delay, stop);
        await Task.WhenAny(wait).ConfigureAwait(false);
        if (stop.IsCancellationRequested)
            return false;
        await wait.ConfigureAwait(false);
        return true;
    }

    /// <summary>Cancels a source after a time, unless it is disposed before.</summary>
    public virtual void CancelAfter(CancellationTokenSource source, TimeSpan delay) => source.CancelAfter(delay);

    /// <summary>The delay in milliseconds, rounded up, within what the framework's timers take; 0 for none.</summary>
    public static int ToWholeMilliseconds(TimeSpan delay) =>
        (int)Math.Min(Math.Ceiling(Math.Max(0, delay.TotalMilliseconds)), int.MaxValue);
}
