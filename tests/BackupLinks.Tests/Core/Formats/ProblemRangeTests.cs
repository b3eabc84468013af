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
