using System;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The records behind the directory of a zip, of 32 and of 64 bits (APPNOTE.TXT 4.3.14 to 4.3.16).</summary>
public sealed class ZipEndTests
{
    private const uint Absent32 = uint.MaxValue;
    private const ushort Absent16 = ushort.MaxValue;

    private static readonly byte[] Content = Noise(300);

    [Fact]
    public void A_zip_of_64_bits_has_all_sizes_in_its_longer_records() =>
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), StateOf(new Ends()));

    [Theory]
    [InlineData("entries")]
    [InlineData("size")]
    [InlineData("offset")]
    [InlineData("length")]
    [InlineData("locator")]
    [InlineData("locator mark")]
    [InlineData("end mark")]
    [InlineData("end entries")]
    [InlineData("end size")]
    [InlineData("end offset")]
    public void A_record_that_says_another_thing_than_the_file_is_damage(string field)
    {
        foreach (int by in new[] { -1, 1 })
        {
            if (field != "length" || by < 0)
                Assert.Equal(BackupFileState.Damaged, StateOf(new Ends { Field = field, By = by }).State);
        }
    }

    [Fact]
    public void The_shorter_record_may_say_the_same_as_the_longer_one() =>
        Assert.Equal(BackupFileState.Intact, StateOf(new Ends { IsBoth = true }).State);

    [Fact]
    public void The_longer_record_may_have_more_data_and_the_shorter_one_a_comment()
    {
        Assert.Equal(BackupFileState.Intact, StateOf(new Ends { More = 5, Comment = "abc" }).State);
        Assert.Equal(BackupFileState.Truncated, State(new Ends { Comment = "abc" }.ToZip()[..^1]));
    }

    private static (string State, string? Checksum) StateOf(Ends ends)
    {
        var report = Test(ends.ToZip());
        return (report.State, report.Checksum);
    }

    // One stored entry, its directory, and the records behind it, of which one field may be wrong.
    private sealed record Ends
    {
        public string Field { get; init; } = "";

        public int By { get; init; }

        public bool IsBoth { get; init; }

        public int More { get; init; }

        public string Comment { get; init; } = "";

        public byte[] ToZip()
        {
            uint crc = Crc32.Compute(Content);
            ulong length = (ulong)Content.Length;
            var writer = new ByteWriter()
                .U32(0x04034B50).U16(45).U16(0).U16(0).U32(0).U32(crc).U32(Absent32).U32(Absent32).U16(1).U16(20)
                .Text("a").U16(1).U16(16).U64(length).U64(length).Add(Content);
            int directory = writer.Length;
            writer.U32(0x02014B50).U16(45).U16(45).U16(0).U16(0).U32(0).U32(crc).U32(Absent32).U32(Absent32).U16(1)
                .U16(28).U16(0).U16(0).U16(0).U32(0).U32(Absent32).Text("a")
                .U16(1).U16(24).U64(length).U64(length).U64(0);
            int end = writer.Length;
            bool isShort = IsBoth || Field.StartsWith("end ", StringComparison.Ordinal);
            return writer
                .U32(0x06064B50).U64(Of("length", 44 + More)).U16(45).U16(45).U32(0).U32(0).U64(1)
                .U64(Of("entries", 1)).U64(Of("size", end - directory)).U64(Of("offset", directory)).Add(new byte[More])
                .U32((uint)Of("locator mark", 0x07064B50)).U32(0).U64(Of("locator", end)).U32(1)
                .U32((uint)Of("end mark", 0x06054B50)).U16(0).U16(0).U16(Absent16)
                .U16(isShort ? (int)Of("end entries", 1) : Absent16)
                .U32(isShort ? (uint)Of("end size", end - directory) : Absent32)
                .U32(isShort ? (uint)Of("end offset", directory) : Absent32)
                .U16(Comment.Length).Text(Comment).ToArray();
        }

        private ulong Of(string field, long value) => (ulong)(value + (Field == field ? By : 0));
    }
}
