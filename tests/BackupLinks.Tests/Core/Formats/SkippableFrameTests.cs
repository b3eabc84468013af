using System;
using System.Linq;
using BackupLinks.Formats;
using BackupLinks.Formats.Compression;
using BackupLinks.Text;
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

    [Theory]
    [InlineData(7, 0, 7)]
    [InlineData(8, 0, 0)]
    [InlineData(10, 3, 10)]
    [InlineData(11, 3, 0)]
    [InlineData(12, 3, 1)]
    public void A_skippable_frame_is_passed_over_only_whole(int count, int length, int rest)
    {
        byte[] head = [.. new ByteWriter().U32(0x184D2A5F).U32((uint)length).ToArray(), .. new byte[10]];

        Assert.Equal(rest, Lz4Source.SkipFrames(head.AsSpan(0, count)).Length);
    }

    // Longer than what the first bytes show.
    [Fact]
    public void A_long_skippable_frame_in_front_of_LZ4_is_passed_over()
    {
        byte[] file = [.. Skippable(0x184D2A50, 5000), .. Read("words.lz4")];

        Assert.Equal((BackupFileState.Intact, "LZ4 > text", ChecksumCoverage.Partial),
            (State(file), Test(file).Format, Test(file).Checksum));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, file.Length - 2)));
        Assert.Equal(BackupFileState.Truncated, State(file[..4000]));
        Assert.Equal(BackupFileState.Damaged, State([.. Skippable(0x184D2A50, 5000), 1, 2, 3]));
    }

    [Theory]
    [InlineData("words-19.zst", 0, ChecksumCoverage.Verified)]
    [InlineData("words-19.zst", 5, ChecksumCoverage.Partial)]
    [InlineData("words.lz4", 0, ChecksumCoverage.Verified)]
    [InlineData("words.lz4", 5, ChecksumCoverage.Partial)]
    public void Bytes_of_a_skippable_frame_are_not_covered(string name, int length, string expected)
    {
        byte[] frame = Read(name);
        byte[] skippable = Skippable(0x184D2A5E, length);

        foreach (byte[] file in new byte[][] { [.. skippable, .. frame], [.. frame, .. skippable] })
            Assert.Equal((BackupFileState.Intact, expected), (State(file), Test(file).Checksum));
    }

    // pzstd writes the length of each frame in front of it.
    [Fact]
    public void A_length_in_front_of_a_frame_is_compared_and_shows_a_cut_behind_itself()
    {
        byte[] first = Read("words-19.zst"), second = Read("words-1.zst");
        byte[] file = [.. Sized(first.Length), .. first, .. Sized(second.Length), .. second];
        int at = 12 + first.Length;

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (State(file), Test(file).Checksum));
        var report = Test(file[..(at + 12)]);
        Assert.Equal((BackupFileState.Truncated, (long)at), (report.State, report.Offset));
        Assert.StartsWith($"cut: the skippable frame at {Numbers.Text(at)} announces a frame", report.Problem);
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, at + 8)));
        // Four bytes of any meaning are not a length.
        byte[] other = [.. Sized(7), .. first];
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), (State(other), Test(other).Checksum));

        static byte[] Sized(int length) =>
            new ByteWriter().U32(0x184D2A50).U32(4).U32((uint)length).ToArray();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void Skippable_frames_alone_have_no_content_that_could_be_verified(int length)
    {
        byte[] file = [.. Skippable(0x184D2A50, length), .. Skippable(0x184D2A51, length)];

        var report = Test(file);

        Assert.Equal((BackupFileState.Unverifiable, null, ChecksumCoverage.None),
            (report.State, report.IsWhole, report.Checksum));
        Assert.Equal(BackupFileState.Truncated, State(file[..^1]));
    }

    private static byte[] Skippable(uint mark, int length) =>
        new ByteWriter().U32(mark).U32((uint)length).Add(Noise(length)).ToArray();
}
