using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

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

    /// <summary>Time that has passed since some moment; goes on evenly, also when somebody sets the clock.</summary>
    public virtual TimeSpan GetElapsed() => TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency);

    /// <summary>Waits.</summary>
    public virtual Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);
}
