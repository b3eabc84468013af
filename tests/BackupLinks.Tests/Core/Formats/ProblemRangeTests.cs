using System;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The bytes that a problem comes from, which a download requests once more.</summary>
public sealed class ProblemRangeTests
{
    private static readonly byte[] Two = Words[3000..];

    public static TheoryData<string> Joined =>
        ["gzip", "zstd", "lz4", "xz", "xz blocks", "bzip2", "bzip2 blocks", "zip"];

    [Theory, MemberData(nameof(Joined))]
    public void Damage_in_a_later_part_is_not_looked_for_in_a_verified_one(string name)
    {
        var (file, first) = Get(name);
        int found = 0;
        for (int at = first; at < file.Length - 1; at++)
        {
            var report = Test(Flip(file, at, at % 8));
            if (report.State != BackupFileState.Damaged)
                continue;
            var (start, end) = Assert.NotNull(report.ProblemRange);

            Assert.True(start <= at && at < end, $"byte {at}: {start} to {end}");
            found += start > 0 ? 1 : 0;
        }

        Assert.True(found > (file.Length - first) / 3, $"{found} of {file.Length - first}");
    }

    [Theory, MemberData(nameof(Joined))]
    public void Damage_in_the_first_part_is_not_looked_for_behind_it(string name)
    {
        var (file, first) = Get(name);
        int found = 0;
        for (int at = 0; at < first; at++)
        {
            var report = Test(Flip(file, at, at % 8));
            if (report.State != BackupFileState.Damaged)
                continue;
            var (start, end) = Assert.NotNull(report.ProblemRange);

            Assert.True(start <= at && at < end, $"byte {at}: {start} to {end}");
            found += end <= first + 32 ? 1 : 0;
        }

        Assert.True(found > first / 3, $"{found} of {first}");
    }

    /// <summary>Fixtures, each with how many of its changed bytes have a range at least, and how many one that is not
    /// all of the file.</summary>
    public static TheoryData<string, int, int> Archives => new()
    {
        { "rdb", 641, 0 },
        { "rdb without a checksum", 6, 0 },
        { "aof", 53, 1 },
        { "gzip", 894, 228 },
        { "gzip of two members", 1424, 1412 },
        { "zstd", 848, 423 },
        { "zstd fast", 1860, 1860 },
        { "lz4", 1299, 402 },
        { "lz4 of blocks", 1520, 1516 },
        { "lz4 legacy", 4, 0 },
        { "xz", 895, 885 },
        { "xz of two streams", 1816, 1815 },
        { "bzip2", 654, 651 },
        { "bzip2 of two streams", 1316, 1316 },
        { "zip", 1238, 1141 },
        { "zip stored", 1614, 1584 },
        { "zip with descriptors", 1244, 1134 },
        { "tar", 382, 286 },
        { "tar of pax", 448, 448 },
        { "tar of gnu", 382, 305 },
        { "tar of v7", 382, 286 },
        { "tar in gzip", 1102, 351 },
        { "tar in lz4", 1828, 3 },
    };

    // A length that leads past the end is in front of what is cut, and one that is too short in front of what is bad.
    [Theory, MemberData(nameof(Archives))]
    public void The_changed_byte_is_in_the_range_of_the_problem_that_it_makes(string name, int ranges, int narrow)
    {
        byte[] file = FormatFixtures.Get(name);
        int found = 0, foundNarrow = 0;
        int step = Math.Max(1, file.Length / 2000);
        for (int at = 0; at < file.Length; at += step)
        {
            var report = Test(Flip(file, at, at % 8));
            if (report.ProblemRange is not { } range)
                continue;
            Assert.True(range.Start <= at && at < range.End, $"byte {at}: {report.Problem} {range}");
            found++;
            foundNarrow += range.End - range.Start < file.Length ? 1 : 0;
        }

        Assert.True(found >= ranges && foundNarrow >= narrow, $"{found}, {foundNarrow} of {file.Length / step}");
    }

    [Fact]
    public void A_length_of_an_argument_of_an_AOF_is_requested_again_with_it()
    {
        string Command(int length) => $"*2\r\n$4\r\nLPOP\r\n${length}\r\n{new string('x', 1000)}\r\n";
        byte[] file = System.Text.Encoding.ASCII.GetBytes(
            string.Concat(System.Linq.Enumerable.Repeat(Command(1000), 200)) + Command(9000));

        var report = Test(file);

        Assert.Equal((BackupFileState.Truncated, (long)file.Length - Command(9000).Length, (long)file.Length),
            (report.State, report.ProblemRange!.Value.Start, report.ProblemRange.Value.End));
    }

    // A header that no checksum covers may say, with one bit changed, that the rest cannot be read.
    [Theory]
    [InlineData("words-19.zst", 4)]
    [InlineData("words.bz2", 14)]
    public void A_variant_that_one_bit_makes_has_a_range_to_request_again(string name, int at)
    {
        byte[] file = Read(name);
        int found = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            var report = Test(Flip(file, at, bit));
            if (report.State != BackupFileState.Unsupported)
                continue;
            var (start, end) = Assert.NotNull(report.ProblemRange);
            Assert.True(start <= at && at < end && end < 200, $"{start} to {end}");
            found++;
        }

        Assert.InRange(found, 1, 8);
        // The whole of another variant would be requested for nothing.
        Assert.Null(Test([.. "VKCS\u0001"u8, .. new byte[100]]).ProblemRange);
    }

    [Fact]
    public void Damage_without_a_checksum_may_be_in_any_part_that_came_before()
    {
        byte[] bare = ZstdRaw(Words)[..^4];
        bare[4] = 0x80;
        byte[] file = [.. bare, .. Read("words-1.zst")];
        int at = file.Length - 100;

        var (start, end) = Assert.NotNull(Test(Flip(file, at)).ProblemRange);

        Assert.Equal(0, start);
        Assert.True(end > at);
    }

    private static (byte[] File, int First) Get(string name)
    {
        switch (name)
        {
            case "gzip":
                return Join(Compressed.Gzip(Words), Compressed.Gzip(Two));
            case "zstd":
                return Join(Read("words-19.zst"), Read("words-1.zst"));
            case "lz4":
                return Join(Read("words.lz4"), Read("words.lz4"));
            case "xz":
                return Join(Read("words-sha256.xz"), Read("words-crc64.xz"));
            case "bzip2":
                return Join(Read("words.bz2"), Read("words.bz2"));
            case "xz blocks":
                return (Read("words-blocks.xz"), 840);
            case "bzip2 blocks":
                return (Read("three-blocks.bz2"), 500);
            default:
                byte[] zip = Zip(System.IO.Compression.CompressionLevel.Optimal, true, ("a", Words), ("b", Two));
                int second = zip.AsSpan(1).IndexOf("PK\u0003\u0004"u8) + 1;
                return (zip, second);
        }
    }

    private static (byte[] File, int First) Join(byte[] first, byte[] second) => ([.. first, .. second], first.Length);
}
