using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Claims of one download, as its bytes come. What the system has taken outlives the process, and is claimed often.
/// What is on the disk outlives the system; flushed early, it leaves little to wait for at the end.
/// </summary>
/// <param name="file">The partial file.</param>
/// <param name="plan">What has come.</param>
/// <param name="identity">The object.</param>
/// <param name="clock">The transfer's clock.</param>
/// <param name="flushed">What earlier runs have flushed.</param>
internal sealed class Checkpoints(
    PartialFile file, SegmentPlan plan, ObjectIdentity identity, Clock clock, IReadOnlyList<CheckedRange> flushed)
{
    /// <summary>How many bytes come between two claims, at the least.</summary>
    public const long ClaimEvery = Download.SegmentLength / 2;

    private const int RestPerFlush = 1;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(150);

    private volatile IReadOnlyList<CheckedRange> _flushed = flushed;
    private long _claimed;
    private long _flushedBytes;

    /// <summary>
    /// The flushed ranges of a record whose bytes were read back: those within ranges that are what they were.
    /// </summary>
    public static IReadOnlyList<CheckedRange> Within(
        IReadOnlyList<CheckedRange> flushed, IReadOnlyList<CheckedRange> done) =>
        [.. flushed.Where(range => done.Any(good => good.Start <= range.Start && range.End <= good.End))];

    /// <summary>
    /// Sees to it, until it is stopped, that what has come is on the disk. Small steps of a file that comes slowly are
    /// claimed here, too.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await clock.DelayAsync(FlushInterval, stop).ConfigureAwait(false);
            var began = clock.GetElapsed();
            // The rest of a file that is complete is flushed, and named, by the download.
            if (plan.IsComplete || !Flush())
                continue;
            var rest = TimeSpan.FromTicks((clock.GetElapsed() - began).Ticks * RestPerFlush);
            await clock.DelayAsync(rest, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Flushes what has come, and claims that and no more as flushed.</summary>
    /// <returns>False when nothing has come since the last time.</returns>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public bool Flush()
    {
        long received = plan.Received;
        if (received <= _flushedBytes)
            return false;
        // What comes during the flush is not in it.
        var done = plan.GetCompletedRanges();
        file.Flush();
        (_flushedBytes, _flushed) = (received, done);
        Claim();
        return true;
    }

    /// <summary>Claims what the system has taken, when enough has come since the last claim; from any thread.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void SaveWhenDue()
    {
        long claimed = Interlocked.Read(ref _claimed);
        long received = plan.Received;
        if (received - claimed >= ClaimEvery && Interlocked.CompareExchange(ref _claimed, received, claimed) == claimed)
            Claim();
    }

    /// <summary>Claims what has come for the next run, unless the file is complete.</summary>
    public void Keep()
    {
        if ((plan.IsComplete && !file.HasLostBytes) || plan.Received == 0)
            return;
        try
        {
            try
            {
                var done = plan.GetCompletedRanges();
                file.Flush();
                _flushed = done;
            }
            finally
            {
                // Also when bytes were lost: what was claimed of them before must go.
                Claim();
            }
        }
        catch (IOException)
        {
            // A disk that is full, or gone.
        }
    }

    private void Claim() => file.Claim(identity, _flushed, plan.GetCompletedRanges);
}
