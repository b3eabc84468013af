using System.Linq;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Zstandard and LZ4 share the marks of skippable frames; the next frame says the format.</summary>
public sealed class SkippableFrameTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(300, 3)]
    public void The_frame_behind_skippable_ones_says_the_format(int length, int count)
    {
        byte[] skippable = [.. Enumerable.Range(0, count).SelectMany(i => Skippable(0x184D2A50u + (uint)i, length))];

        Assert.StartsWith("Zstandard", Test([.. skippable, .. Read("words-19.zst")]).Format);
        Assert.StartsWith("LZ4", Test([.. skippable, .. Read("words.lz4")]).Format);
    }

    private static byte[] Skippable(uint mark, int length) =>
        new ByteWriter().U32(mark).U32((uint)length).Add(Noise(length)).ToArray();
}
