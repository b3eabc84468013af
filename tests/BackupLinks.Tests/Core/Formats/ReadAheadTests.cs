using System;
using System.IO;
using System.Linq;
using BackupLinks.Formats;
using BackupLinks.Time;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Blocks of a source, whichever thread reads them.</summary>
public sealed class ReadAheadTests
{
    private const int Turn = (int)ReadPace.TurnLength;

    // Over the turn of one thread, that of two, and one of the faster way.
    private static readonly byte[] Content = Noise((2 * Turn) + 5_000_000);

    [Fact]
    public void All_bytes_come_in_their_order_whichever_thread_reads_them()
    {
        using var blocks = new ReadAhead(new MemorySource(Content), Clock.System);
        using var reader = new ByteReader(blocks);
        int at = 0;
        // A window that is never at its end where a block is, so that bytes are carried from block to block.
        for (int step = 1; at < Content.Length; at += step, step = (step * 7 % 60_013) + 1)
        {
            var seen = reader.Peek(step);
            Assert.True(seen.SequenceEqual(Content.AsSpan(at, Math.Min(step, Content.Length - at))), $"{at}");
            reader.Advance(seen.Length);
        }

        Assert.True(reader.IsAtEnd);
        Assert.True(reader.IsAtEnd);
        Assert.Equal(Content.Length, reader.Position);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Turn + 1_000_000)]
    public void A_source_that_fails_fails_the_reader(int there)
    {
        using var blocks = new ReadAhead(new FailingSource(Content, there), Clock.System);
        using var reader = new ByteReader(blocks);

        Assert.Equal("The disk is gone.", Assert.Throws<IOException>(() => reader.SkipToEnd()).Message);
    }

    [Fact]
    public void A_reader_that_stops_early_ends_the_thread_which_is_a_few_blocks_ahead_at_most()
    {
        const int Passed = Turn + 1_000_000;
        var source = new FailingSource(Content, Content.Length);
        using (var blocks = new ReadAhead(source, Clock.System))
        using (var reader = new ByteReader(blocks))
            reader.Skip(Passed, "some bytes");

        Assert.InRange(source.Count, Passed, Passed + 3_000_000);
    }

    [Theory]
    [InlineData(100, 60, true)]
    [InlineData(100, 140, false)]
    public void The_faster_way_has_the_rest_of_a_round_and_then_both_are_tried_again(int alone, int ahead, bool isAhead)
    {
        var clock = new ManualClock();
        var pace = new ReadPace(clock);
        for (int round = 0; round < 2; round++)
        {
            Assert.False(pace.IsAhead);
            Pass(alone);
            Assert.True(pace.IsAhead);
            Pass(ahead);
            Assert.All(Enumerable.Range(0, 14), _ =>
            {
                Assert.Equal(isAhead, pace.IsAhead);
                Pass(1);
            });
        }

        void Pass(int milliseconds)
        {
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            pace.Count(Turn);
        }
    }

    private sealed class FailingSource(byte[] content, int there) : IByteSource
    {
        private readonly MemorySource _content = new(content);

        public int Count { get; private set; }

        public int Read(byte[] buffer, int offset, int count)
        {
            if (Count == there)
                throw new IOException("The disk is gone.");
            int read = _content.Read(buffer, offset, Math.Min(count, there - Count));
            Count += read;
            return read;
        }
    }
}
