using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>Keeps all transfers of a command together below so many bytes a second.</summary>
internal sealed class BandwidthLimiter(long bytesPerSecond, Clock clock)
{
    // A second's worth in one read would come in gusts.
    private const int ReadsPerSecond = 20;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();
    private TimeSpan _free;

    /// <summary>The most to read at a time.</summary>
    public int LargestRead { get; } = (int)Math.Max(1, Math.Min(bytesPerSecond / ReadsPerSecond, 1024 * 1024));

    /// <summary>Waits until bytes that have come are within the limit.</summary>
    public Task TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        TimeSpan delay;
        lock (_lock)
        {
            var now = clock.GetElapsed();
            if (_free < now)
                _free = now;
            _free += TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            delay = _free - now;
        }

        // A timer's shortest wait is longer than one read of a fast line may take; the debt stays.
        return delay < ShortestWait ? Task.CompletedTask : clock.DelayAsync(delay, cancellationToken);
    }
}
