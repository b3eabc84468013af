using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>
/// Which bytes of a file are there, which are in progress, and which are to be requested next. Segments are assigned
/// from the beginning, so that the hash can follow close behind. Safe from any thread.
/// </summary>
internal sealed class SegmentPlan
{
    // Less is not worth a request of its own.
    private const long SmallestSplit = 1024 * 1024;

    // A segment that will end soon is not split, or the same bytes would be in progress twice.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();

    // Sorted by start, without overlap. The bytes between them are not assigned yet.
    private readonly List<Segment> _segments = [];
    private long _received;

    private readonly Func<TimeSpan> _time;

    /// <summary>Makes a plan.</summary>
    /// <param name="size">The size of the file; <see cref="long.MaxValue"/> when it is not known.</param>
    /// <param name="done">The completed ranges.</param>
    /// <param name="time">The transfer's clock.</param>
    public SegmentPlan(long size, IEnumerable<CheckedRange> done, Func<TimeSpan> time)
    {
        Size = size;
        _time = time;
        foreach (var range in done.OrderBy(range => range.Start))
        {
            _segments.Add(new Segment(range.Start, range.End)
            {
                Position = range.End,
                Reserved = range.End,
                Checksum = range.Checksum,
            });
        }
    }

    /// <summary>The size of the file; <see cref="long.MaxValue"/> while it is not known.</summary>
    public long Size { get; private set; }

    /// <summary>How many bytes have come since the plan was made.</summary>
    public long Received
    {
        get
        {
            lock (_lock)
                return _received;
        }
    }

    /// <summary>How many bytes from the beginning are there without a gap.</summary>
    public long ContiguousLength
    {
        get
        {
            lock (_lock)
            {
                long frontier = 0;
                foreach (var segment in _segments)
                {
                    if (segment.Start > frontier)
                        break;
                    frontier = segment.Position;
                    if (segment.Position < segment.End)
                        break;
                }

                return frontier;
            }
        }
    }

    /// <summary>True when every byte is there.</summary>
    public bool IsComplete => ContiguousLength >= Size;

    /// <summary>The completed ranges, in order.</summary>
    public IReadOnlyList<CheckedRange> GetCompletedRanges()
    {
        lock (_lock)
        {
            var done = new List<CheckedRange>(_segments.Count);
            foreach (var segment in _segments)
            {
                if (segment.Position == segment.Start)
                    continue;
                var range = new CheckedRange(segment.Start, segment.Position, segment.Checksum);
                if (done.Count > 0 && done[done.Count - 1].End == segment.Start)
                    done[done.Count - 1] = done[done.Count - 1].With(range);
                else
                    done.Add(range);
            }

            return done;
        }
    }

    /// <summary>True while segments are in progress that may be split later.</summary>
    public bool HasWorkLeft
    {
        get
        {
            lock (_lock)
                return Size != long.MaxValue && _segments.Exists(segment => segment.End > segment.Reserved);
        }
    }

    /// <summary>
    /// Returns the next unassigned segment, or else half of the slowest one in progress.
    /// </summary>
    /// <param name="longest">The most bytes.</param>
    /// <returns>Null when there is nothing to share at this moment.</returns>
    public Segment? Take(long longest)
    {
        lock (_lock)
        {
            long start = 0;
            int index = 0;
            while (index < _segments.Count && _segments[index].Start <= start)
                start = _segments[index++].End;
            long end = index < _segments.Count ? _segments[index].Start : Size;
            if (start < end)
            {
                long length = Math.Min(longest, end - start);
                var next = new Segment(start, start + length) { Since = _time() };
                _segments.Insert(index, next);
                return next;
            }

            return Split();
        }
    }

    /// <summary>Releases a segment whose owner gives up; the rest of it is assigned again.</summary>
    public void Release(Segment segment)
    {
        lock (_lock)
        {
            segment.End = segment.Position;
            MergeCompleted(segment);
        }
    }

    /// <summary>How much a segment's owner may read next. It belongs to the owner from then on.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="most">The most that fits.</param>
    /// <returns>0 at the end of the segment.</returns>
    public int Reserve(Segment segment, int most)
    {
        lock (_lock)
        {
            int count = (int)Math.Min(most, segment.End - segment.Position);
            segment.Reserved = segment.Position + count;
            return count;
        }
    }

    /// <summary>Notes that bytes have been written.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="count">How many bytes.</param>
    /// <param name="checksum">The checksum of the segment with them; see <see cref="CheckedRange"/>.</param>
    public void Advance(Segment segment, int count, ulong checksum)
    {
        lock (_lock)
        {
            segment.Position += count;
            segment.Checksum = checksum;
            _received += count;
            if (segment.Position == segment.End)
                MergeCompleted(segment);
        }
    }

    /// <summary>Notes that the only segment ends here: the size was not known before.</summary>
    public void EndAt(Segment segment)
    {
        lock (_lock)
        {
            segment.End = segment.Position;
            Size = segment.Position;
        }
    }

    private Segment? Split()
    {
        var now = _time();
        Segment? slowest = null;
        var longest = Soon;
        foreach (var segment in _segments)
        {
            if (segment.End > segment.Reserved && TimeLeft(segment, now) is var left && left > longest)
                (slowest, longest) = (segment, left);
        }

        if (slowest is null || Size == long.MaxValue)
            return null;
        // Half of it; the whole of a small rest, which a connection that trickles would hold for long.
        long rest = slowest.End - slowest.Reserved;
        long middle = rest < 2 * SmallestSplit ? slowest.Reserved : slowest.Reserved + (rest / 2);
        var half = new Segment(middle, slowest.End) { Since = now };
        slowest.End = middle;
        _segments.Insert(_segments.IndexOf(slowest) + 1, half);
        if (slowest.Position == slowest.End)
            MergeCompleted(slowest);
        return half;
    }

    // By the rate so far; the first moments say nothing.
    private static TimeSpan TimeLeft(Segment segment, TimeSpan now)
    {
        var spent = now - segment.Since;
        if (spent < TimeSpan.FromTicks(Soon.Ticks / 2))
            return TimeSpan.Zero;
        double rate = (segment.Position - segment.Start) / spent.TotalSeconds;
        if (rate <= 0)
            return TimeSpan.MaxValue;
        double seconds = (segment.End - segment.Reserved) / rate;
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
    }

    // A file of terabytes has millions of segments; those that are done become one.
    private void MergeCompleted(Segment segment)
    {
        int index = _segments.IndexOf(segment);
        if (index < 0)
            return; // taken over whole, before its owner had a byte of it
        if (segment.Start == segment.End)
        {
            _segments.RemoveAt(index);
            return;
        }

        if (index + 1 < _segments.Count && IsDone(_segments[index + 1]) && _segments[index + 1].Start == segment.End)
        {
            Append(segment, _segments[index + 1]);
            _segments.RemoveAt(index + 1);
        }

        if (index > 0 && IsDone(_segments[index - 1]) && _segments[index - 1].End == segment.Start)
        {
            Append(_segments[index - 1], segment);
            _segments.RemoveAt(index);
        }
    }

    private static void Append(Segment segment, Segment next)
    {
        segment.Checksum = CheckedRange.Combine(segment.Checksum, next.Checksum, next.End - next.Start);
        segment.End = segment.Position = segment.Reserved = next.End;
    }

    private static bool IsDone(Segment segment) => segment.Position == segment.End;
}
