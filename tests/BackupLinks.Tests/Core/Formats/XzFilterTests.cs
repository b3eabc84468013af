using BackupLinks.Formats;
using BackupLinks.Formats.Compression;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The filters that xz can have in front of LZMA2, on bytes that xz itself filtered, with branches of every
/// kind.</summary>
public sealed class XzFilterTests
{
    [Theory]
    [InlineData("delta")]
    [InlineData("x86")]
    [InlineData("arm")]
    [InlineData("armthumb")]
    [InlineData("arm64")]
    [InlineData("powerpc")]
    [InlineData("sparc")]
    [InlineData("ia64")]
    [InlineData("three")]
    public void The_content_of_every_filter_is_verified(string filter)
    {
        byte[] file = Read($"branches-{filter}.xz");

        foreach (int pieces in new[] { 0, 1, 100 })
        {
            var report = Test(file, pieces);
            Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        }

        Assert.Equal(BackupFileState.Damaged, State(Flip(file, file.Length / 2)));
        Assert.Equal(BackupFileState.Truncated, State(file[..^40]));
    }

    [Fact]
    public void A_filter_keeps_bytes_until_it_has_those_that_follow()
    {
        // A call in the middle of pieces, and one that the content ends in.
        byte[] program = [1, 2, 0xE8, 0x07, 0x10, 0, 0, 3, 4, 0xE8, 9];
        byte[] content = [];

        var filters = new XzFilters([XzBranches.Create(4, 0)!]);
        foreach (byte value in program)
            Take(filters.Append([value]).Length);
        Take(filters.Complete().Length);

        Assert.Equal(new byte[] { 1, 2, 0xE8, 0x00, 0x10, 0, 0, 3, 4, 0xE8, 9 }, content);

        void Take(int ready)
        {
            Assert.Equal(ready, filters.Ready);
            byte[] next = new byte[ready + 1];
            Assert.Equal(ready, filters.Take(next, 0, next.Length));
            content = [.. content, .. next[..ready]];
        }
    }

    [Theory]
    [InlineData(0x0B, "has the filter 0b")]
    [InlineData(0x21, "has the filter 21")]
    public void A_filter_that_is_not_known_is_not_damage(byte id, string problem)
    {
        byte[] header = [1, id, 0, 0x21, 1, 0x16];

        var e = Assert.Throws<BackupFormatException>(() => XzBlockHeader.Read(header, 12));

        Assert.Equal(BackupFileState.Unsupported, e.State);
        Assert.Contains(problem, e.Message);
    }

    [Theory]
    [InlineData(new byte[] { 1, 3, 2, 0, 0, 0x21, 1, 0x16 })]
    [InlineData(new byte[] { 1, 4, 1, 0, 0x21, 1, 0x16 })]
    [InlineData(new byte[] { 0, 0x21, 1 })]
    [InlineData(new byte[] { 0, 0x21, 1, 41 })]
    [InlineData(new byte[] { 1, 3, 0x7F, 0, 0x21, 1, 0x16 })]
    public void Properties_that_cannot_be_are_damage(byte[] header)
    {
        var e = Assert.Throws<BackupFormatException>(() => XzBlockHeader.Read(header, 12));

        Assert.Equal((BackupFileState.Damaged, 12), (e.State, e.Offset));
    }
}
