using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Files;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Saves the checkpoints of one download. Bytes that the system has outlive the process, and are noted often. Bytes on
/// the disk outlive the system; flushed early, they leave little to wait for at the end.
/// </summary>
/// <param name="file">The partial file.</param>
/// <param name="plan">The bytes that are there.</param>
/// <param name="identity">The object.</param>
/// <param name="clock">The transfer's clock.</param>
/// <param name="flushed">The ranges that earlier runs have flushed.</param>
internal sealed class Checkpoints(
    PartialFile file, SegmentPlan plan, ObjectIdentity identity, Clock clock, IReadOnlyList<CheckedRange> flushed)
{
    /// <summary>How many bytes come between two checkpoints, at the least.</summary>
    public const long BytesBetweenCheckpoints = Download.SegmentLength / 2;

    // With the blocks that connections are writing, a killed process loses less than a segment.
    private const long MostUnsavedBytes = Download.SegmentLength * 3 / 4;
    private const int RestPerFlush = 1;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(150);

    private volatile IReadOnlyList<CheckedRange> _flushed = flushed;
    // How many bytes there were when the last checkpoint was begun, and when the last one that is saved was.
    private long _begunBytes;
    private long _savedBytes;
    private long _flushedBytes;

    /// <summary>
    /// The flushed ranges of a record whose bytes were read back: those within ranges that are unchanged.
    /// </summary>
    public static IReadOnlyList<CheckedRange> Within(
        IReadOnlyList<CheckedRange> flushed, IReadOnlyList<CheckedRange> unchanged) =>
        [.. flushed.Where(range => unchanged.Any(good => good.Start <= range.Start && range.End <= good.End))];

    /// <summary>
    /// Flushes the bytes that have come, again and again until it is stopped. So a file that comes slowly has
    /// checkpoints, too.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (await clock.WaitAsync(FlushInterval, stop).ConfigureAwait(false))
        {
            var began = clock.GetElapsed();
            // The rest of a file that is complete is flushed, and named, by the download.
            if (plan.IsComplete || !Flush())
                continue;
            var rest = TimeSpan.FromTicks((clock.GetElapsed() - began).Ticks * RestPerFlush);
            await clock.WaitAsync(rest, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Flushes the bytes that have come, and notes those and no more as flushed.</summary>
    /// <returns>False when no byte has come since the last time.</returns>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public bool Flush()
    {
        long received = plan.Received;
        if (received <= _flushedBytes)
            return false;
        // Bytes that come during the flush are not in it.
        var completed = plan.GetCompletedRanges();
        file.Flush();
        (_flushedBytes, _flushed) = (received, completed);
        Save();
        return true;
    }

    /// <summary>
    /// Saves a checkpoint when enough bytes have come since the last one; from any thread. While a checkpoint takes
    /// long, connections that run too far ahead of it wait here.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void SaveWhenDue()
    {
        long begun = Interlocked.Read(ref _begunBytes);
        long received = plan.Received;
        bool isDue = received - begun >= BytesBetweenCheckpoints
            && Interlocked.CompareExchange(ref _begunBytes, received, begun) == begun;
        if (isDue || received - Interlocked.Read(ref _savedBytes) > MostUnsavedBytes)
            Save();
    }

    /// <summary>Saves the checkpoint that the next run resumes by, unless the file is complete.</summary>
    public void SaveLast()
    {
        if ((plan.IsComplete && !file.HasLostBytes) || plan.Received == 0)
            return;
        try
        {
            try
            {
                var completed = plan.GetCompletedRanges();
                file.Flush();
                _flushed = completed;
            }
            finally
            {
                // Also when bytes were lost: an earlier checkpoint that has them must go.
                Save();
            }
        }
        catch (IOException)
        {
            // A disk that is full, or gone.
        }
    }

    // When two end at the same time, the smaller count may stay: then one more is saved.
    private void Save()
    {
        long received = 0;
        file.SaveCheckpoint(identity, _flushed, GetWritten);
        Interlocked.Exchange(ref _savedBytes, received);

        IReadOnlyList<CheckedRange> GetWritten()
        {
            received = plan.Received;
            return plan.GetCompletedRanges();
        }
    }
}
