using System;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Shims;

internal static class TimeProviderExtensions
{
    /// <summary>Waits on the given clock, so that a test's clock can make it immediate.</summary>
    public static Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(delay, time, cancellationToken);
#else
        Task.Delay(delay, cancellationToken);
#endif
}
