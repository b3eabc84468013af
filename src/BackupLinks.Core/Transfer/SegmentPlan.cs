using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Transfer;

/// <summary>
/// Which bytes of a file are there, which are on their way, and which are to be asked for next. Segments are
/// handed out from the beginning, so that the hash can follow close behind. Safe from any thread.
/// </summary>
internal sealed class SegmentPlan
{
    // Less is not worth a request of its own.
    private const long SmallestSplit = 1024 * 1024;

    private readonly object _lock = new();

    // Sorted by start, without overlap. What lies between them is to be handed out.
    private readonly List<Segment> _segments = [];
    private long _received;

    /// <summary>Makes a plan.</summary>
    /// <param name="size">The size of the file; <see cref="long.MaxValue"/> when it is not known.</param>
    /// <param name="done">What is there already.</param>
    public SegmentPlan(long size, IEnumerable<ByteRange> done)
    {
        Size = size;
        foreach (var range in done.OrderBy(range => range.Start))
            _segments.Add(new Segment(range.Start, range.End) { Position = range.End, Reserved = range.End });
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
    public long Frontier
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
    public bool IsComplete => Frontier >= Size;

    /// <summary>What is there, in order.</summary>
    public IReadOnlyList<ByteRange> GetDone()
    {
        lock (_lock)
        {
            var done = new List<ByteRange>(_segments.Count);
            foreach (var segment in _segments)
            {
                if (segment.Position == segment.Start)
                    continue;
                if (done.Count > 0 && done[done.Count - 1].End == segment.Start)
                    done[done.Count - 1] = new ByteRange(done[done.Count - 1].Start, segment.Position);
                else
                    done.Add(new ByteRange(segment.Start, segment.Position));
            }

            return done;
        }
    }

    /// <summary>Hands out the next bytes: of what nobody has yet, else half of what somebody is far from done with.</summary>
    /// <param name="longest">The most bytes.</param>
    /// <returns>Null when there is nothing left to share.</returns>
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
                var next = new Segment(start, Math.Min(end, start + Math.Min(longest, end - start)));
                _segments.Insert(index, next);
                return next;
            }

            return Split();
        }
    }

    /// <summary>Takes a segment back whose owner gives up; what is left of it is handed out again.</summary>
    public void GiveBack(Segment segment)
    {
        lock (_lock)
        {
            segment.End = segment.Position;
            Tidy(segment);
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
    public void Advance(Segment segment, int count)
    {
        lock (_lock)
        {
            segment.Position += count;
            _received += count;
            if (segment.Position == segment.End)
                Tidy(segment);
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
        Segment? slowest = null;
        foreach (var segment in _segments)
        {
            if (segment.End - segment.Reserved >= 2 * SmallestSplit
                && (slowest is null || segment.End - segment.Reserved > slowest.End - slowest.Reserved))
            {
                slowest = segment;
            }
        }

        if (slowest is null || Size == long.MaxValue)
            return null;
        long middle = slowest.Reserved + ((slowest.End - slowest.Reserved) / 2);
        var half = new Segment(middle, slowest.End);
        slowest.End = middle;
        _segments.Insert(_segments.IndexOf(slowest) + 1, half);
        return half;
    }

    // A file of terabytes has millions of segments; those that are done become one.
    private void Tidy(Segment segment)
    {
        int index = _segments.IndexOf(segment);
        if (segment.Start == segment.End)
        {
            _segments.RemoveAt(index);
            return;
        }

        if (index + 1 < _segments.Count && IsDone(_segments[index + 1]) && _segments[index + 1].Start == segment.End)
        {
            segment.End = segment.Position = segment.Reserved = _segments[index + 1].End;
            _segments.RemoveAt(index + 1);
        }

        if (index > 0 && IsDone(_segments[index - 1]) && _segments[index - 1].End == segment.Start)
        {
            var before = _segments[index - 1];
            before.End = before.Position = before.Reserved = segment.End;
            _segments.RemoveAt(index);
        }
    }

    private static bool IsDone(Segment segment) => segment.Position == segment.End;
}
