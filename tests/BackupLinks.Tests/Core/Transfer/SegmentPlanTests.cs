using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Checksums;
using BackupLinks.Files;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class SegmentPlanTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void Whatever_workers_do_every_byte_is_handed_out_once()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            long size = random.NextInt64(1, 200 * Megabyte);
            var done = RandomRanges(random, size);
            var written = new List<ByteRange>(done.Select(range => new ByteRange(range.Start, range.End)));
            var active = new List<Segment>();
            var time = TimeSpan.Zero;
            var plan = new SegmentPlan(size, done, () => time);
            for (int step = 0; !plan.IsComplete; step++)
            {
                Assert.InRange(step, 0, 100_000);
                int choice = random.Next(20);
                time += TimeSpan.FromMilliseconds(random.Next(1000));
                if (choice < 3 && active.Count < 8 && plan.Take(random.NextInt64(1, 30 * Megabyte)) is { } taken)
                {
                    active.Add(taken);
                }
                else if (active.Count == 0)
                {
                    active.Add(
                        plan.Take(8 * Megabyte)
                            ?? throw new InvalidOperationException("Bytes are missing, and no connection gets them."));
                }
                else if (choice == 3 && active.Count > 1)
                {
                    var segment = active[random.Next(active.Count)];
                    active.Remove(segment);
                    plan.Release(segment);
                }
                else
                {
                    var segment = active[random.Next(active.Count)];
                    int room = plan.Reserve(segment, random.Next(1, (int)(4 * Megabyte)));
                    // Another may take a part of what is not reserved, between the reading and the writing.
                    if (random.Next(4) == 0 && plan.Take(Megabyte) is { } other)
                        active.Add(other);
                    int count = room == 0 ? 0 : random.Next(1, room + 1);
                    if (count > 0)
                    {
                        written.Add(new ByteRange(segment.Position, segment.Position + count));
                        plan.Advance(segment, count, CheckedRange.Combine(segment.Checksum, SumOfZeros(count), count));
                    }

                    if (plan.Reserve(segment, 1) == 0)
                        active.Remove(segment);
                }
            }

            long position = 0;
            foreach (var range in written.OrderBy(range => range.Start))
            {
                Assert.Equal(position, range.Start);
                position = range.End;
            }

            Assert.Equal(size, position);
            Assert.Equal([new CheckedRange(0, size, SumOfZeros(size))], plan.GetCompletedRanges());
        }
    }

    [Fact]
    public void Frontier_is_what_is_there_without_a_gap()
    {
        var plan = new SegmentPlan(100 * Megabyte, [new(10 * Megabyte, 20 * Megabyte, 0)], () => TimeSpan.Zero);
        var first = plan.Take(8 * Megabyte)!;
        var second = plan.Take(8 * Megabyte)!;

        Assert.Equal((0, 8 * Megabyte, 10 * Megabyte), (first.Start, second.Start, second.End));
        plan.Advance(second, (int)(2 * Megabyte), 0);
        Assert.Equal(0, plan.ContiguousLength);
        plan.Advance(first, (int)(8 * Megabyte), 0);
        Assert.Equal(20 * Megabyte, plan.ContiguousLength);
        Assert.Equal(10 * Megabyte, plan.Received);
    }

    [Fact]
    public void The_slowest_is_helped_when_nothing_else_is_left_and_it_takes_long()
    {
        var time = TimeSpan.Zero;
        var plan = new SegmentPlan(100 * Megabyte, [], () => time);
        var only = plan.Take(long.MaxValue)!;
        Assert.Null(plan.Take(long.MaxValue));
        Assert.True(plan.HasWorkLeft);
        plan.Advance(only, (int)(10 * Megabyte), 0);
        plan.Reserve(only, 65536);

        time = TimeSpan.FromSeconds(0.9);
        Assert.Null(plan.Take(long.MaxValue));
        time = TimeSpan.FromSeconds(1.1);
        var half = plan.Take(long.MaxValue)!;

        Assert.Equal(only.End, half.Start);
        Assert.Equal(100 * Megabyte, half.End);
        Assert.InRange(half.Start, 54 * Megabyte, 57 * Megabyte);
    }

    [Fact]
    public void A_segment_that_soon_ends_is_not_split()
    {
        var time = TimeSpan.Zero;
        var plan = new SegmentPlan(100 * Megabyte, [], () => time);
        var only = plan.Take(long.MaxValue)!;
        plan.Advance(only, (int)(95 * Megabyte), 0);
        plan.Reserve(only, 65536);

        time = TimeSpan.FromSeconds(10);

        Assert.Null(plan.Take(long.MaxValue));
    }

    [Fact]
    public void A_small_rest_that_trickles_is_taken_over_whole()
    {
        var time = TimeSpan.Zero;
        var plan = new SegmentPlan(Megabyte, [], () => time);
        var slow = plan.Take(long.MaxValue)!;
        plan.Advance(slow, 10_000, 0);
        plan.Reserve(slow, 5_000);
        time = TimeSpan.FromSeconds(3);

        var rest = plan.Take(long.MaxValue)!;

        Assert.Equal((15_000, Megabyte), (rest.Start, rest.End));
        Assert.Equal(15_000, slow.End);
    }

    [Fact]
    public void A_segment_of_which_no_byte_came_is_split_once_it_had_its_time()
    {
        var time = TimeSpan.Zero;
        var plan = new SegmentPlan(100 * Megabyte, [], () => time);
        var silent = plan.Take(long.MaxValue)!;
        time = TimeSpan.FromSeconds(3);

        var half = plan.Take(long.MaxValue)!;

        Assert.Equal((50 * Megabyte, 100 * Megabyte, 50 * Megabyte), (half.Start, half.End, silent.End));
    }

    [Fact]
    public void A_size_that_no_response_states_is_known_at_the_end()
    {
        var plan = new SegmentPlan(long.MaxValue, [], () => TimeSpan.Zero);
        var only = plan.Take(long.MaxValue)!;
        plan.Advance(only, 1000, 0);
        Assert.False(plan.IsComplete);

        plan.EndAt(only);

        Assert.True(plan.IsComplete);
        Assert.Equal((1000, 1000, 1000), (plan.ContiguousLength, plan.Size, only.End));
        Assert.Null(plan.Take(long.MaxValue));
    }

    // A segment ends with its last byte, and not before.
    [Fact]
    public void What_is_written_counts_at_once_and_is_complete_with_its_last_byte()
    {
        var plan = new SegmentPlan(10, [], () => TimeSpan.Zero);
        var only = plan.Take(long.MaxValue)!;

        plan.Advance(only, 9, 1);
        Assert.Equal((9, 9, false), (plan.Received, plan.ContiguousLength, plan.IsComplete));
        plan.Advance(only, 1, 7);

        Assert.Equal((10, 10, true), (plan.Received, plan.ContiguousLength, plan.IsComplete));
        Assert.Equal([new CheckedRange(0, 10, 7)], plan.GetCompletedRanges());
    }

    [Fact]
    public void Checksums_of_segments_that_grow_together_are_those_of_their_bytes()
    {
        var random = new Random(20261126);
        byte[] bytes = new byte[1000];
        random.NextBytes(bytes);
        var plan = new SegmentPlan(bytes.Length, [Sum(400, 500)], () => TimeSpan.Zero);
        var first = plan.Take(400)!;
        var last = plan.Take(500)!;

        Advance(last, 300);
        Advance(first, 100);
        Assert.Equal([Sum(0, 100), Sum(400, 800)], plan.GetCompletedRanges());

        Advance(first, 300);
        Advance(last, 200);
        Assert.Equal([Sum(0, 1000)], plan.GetCompletedRanges());

        CheckedRange Sum(int start, int end) =>
            new(start, end, CheckedRange.Append(0, bytes.AsSpan(start, end - start)));

        void Advance(Segment segment, int count)
        {
            plan.Reserve(segment, count);
            plan.Advance(
                segment, count, CheckedRange.Append(segment.Checksum, bytes.AsSpan((int)segment.Position, count)));
        }
    }

    private static ulong SumOfZeros(long count) => ~Crc64.Ecma.Shift(ulong.MaxValue, count);

    private static List<CheckedRange> RandomRanges(Random random, long size)
    {
        var ranges = new List<CheckedRange>();
        for (long position = random.NextInt64(size); position < size
            && ranges.Count < 5; position += random.NextInt64(1, 20 * Megabyte))
        {
            long end = Math.Min(size, position + random.NextInt64(1, 10 * Megabyte));
            ranges.Add(new CheckedRange(position, end, SumOfZeros(end - position)));
            position = end + 1;
        }

        return ranges;
    }
}
