using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Finds out how many connections a file is worth: halves them as long as half of them achieve nearly as much.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="received">All bytes that came so far.</param>
/// <param name="crew">The workers, one for each connection.</param>
/// <param name="hire">Adds a worker; false when all the work is done.</param>
internal sealed class ConnectionTuner(Clock clock, Func<long> received, WorkerPool crew, Func<bool> hire)
{
    // A connection that adds less than a twentieth is left to others.
    private const double WorthKeeping = 0.95;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Tunes until the number is found, or it is stopped.</summary>
    /// <param name="count">How many connections there are.</param>
    /// <param name="stop">Stops.</param>
    public async Task RunAsync(int count, CancellationToken stop)
    {
        double rate = await MeasureAsync(count, stop).ConfigureAwait(false);
        while (count > 1)
        {
            crew.FilterParameters = count / 2;
            while (crew.Count > crew.FilterParameters)
                await clock.DelayAsync(Interval, stop).ConfigureAwait(false);
            double half = await MeasureAsync(count / 2, stop).ConfigureAwait(false);
            if (half < rate * WorthKeeping)
            {
                crew.FilterParameters = count;
                while (crew.Count < count && hire())
                {
                }

                return;
            }

            count /= 2;
            rate = half;
        }
    }

    // Bytes a second, over long enough that single segments do not matter.
    private async Task<double> MeasureAsync(int connections, CancellationToken stop)
    {
        var began = clock.GetElapsed();
        long before = received();
        double seconds;
        long bytes;
        do
        {
            await clock.DelayAsync(Interval, stop).ConfigureAwait(false);
            seconds = (clock.GetElapsed() - began).TotalSeconds;
            bytes = received() - before;
        }
        while (seconds < 1 || bytes < connections * Download.SegmentLength);
        return bytes / seconds;
    }
}
