using System;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The arrays of a block of LZ4, behind whose bytes copies write too much.</summary>
public sealed class Lz4BlockTests
{
    // One byte as it is, and nothing that is repeated.
    private static readonly byte[] Block = [0x10, 7];

    [Fact]
    public void A_block_and_its_content_need_their_slack_and_no_more()
    {
        byte[] output = new byte[1 + Lz4Block.Slack];

        Assert.Equal(1, Lz4Block.Decode(Padded(Lz4Block.Slack), Block.Length, output, 0, 1));
        Assert.Equal(7, output[0]);
    }

    [Theory]
    [InlineData(Lz4Block.Slack - 1, 1 + Lz4Block.Slack)]
    [InlineData(Lz4Block.Slack, Lz4Block.Slack)]
    public void Without_its_slack_nothing_is_decoded(int behind, int room) => Assert.Throws<ArgumentException>(
        () => Lz4Block.Decode(Padded(behind), Block.Length, new byte[room], 0, 1));

    private static byte[] Padded(int behind) => [.. Block, .. new byte[behind]];
}
