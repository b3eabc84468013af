using System;
using System.Linq;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The last bytes of content that comes in pieces.</summary>
public sealed class TailBytesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public void The_last_four_bytes_are_kept_however_the_content_is_cut(int piece)
    {
        byte[] content = [.. Enumerable.Range(1, 20).Select(value => (byte)value)];
        var tail = new TailBytes(4);

        for (int at = 0; at < content.Length;)
        {
            int count = Math.Min(piece == 0 ? at % 7 : piece, content.Length - at);
            tail.Append(content.AsSpan(at, count));
            at += count;
            Assert.Equal(content[..at].TakeLast(4), tail.Span.ToArray());
            if (piece == 0 && count == 0)
                tail.Append(content.AsSpan(at++, 1));
        }

        Assert.Equal((17, 20), (tail[0], tail[3]));
    }

    [Fact]
    public void There_are_as_many_as_have_passed()
    {
        var tail = new TailBytes(4);

        Assert.Equal(0, tail.Span.Length);
        tail.Append([7, 8]);
        Assert.Equal([7, 8], tail.Span.ToArray());
        tail.Append([9]);
        Assert.Equal([7, 8, 9], tail.Span.ToArray());
    }
}
