using System;
using System.Text;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.ArchiveWriter;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Entries of a zip archive, and what one of them says of the next.</summary>
public sealed class ZipEntryTests
{
    private const int Streamed = 8;

    private static readonly byte[] Text = Encoding.ASCII.GetBytes(new string('a', 300));
    private static readonly byte[] Untested = Encoding.ASCII.GetBytes("VKCS\u0001" + new string('x', 100));

    // zip -s writes the first one where all fits into one segment, APPNOTE 8.5.4 says the second one.
    [Theory]
    [InlineData("PK\u0007\u0008")]
    [InlineData("PK00")]
    public void An_archive_of_one_segment_may_have_the_mark_of_several_in_front(string mark)
    {
        byte[] file = Zip([new("a", Text), new("b", Text)], mark);

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, "zip", ChecksumCoverage.Verified), (
            report.State, report.Format, report.Checksum));
        Assert.Equal(BackupFileState.Truncated, State(file[..400]));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 100)));
        Assert.Equal(BackupFileState.TrailingData, State([.. file, 1]));
        Assert.NotEqual("zip", Test([.. Encoding.ASCII.GetBytes(mark), .. Text]).Format);
    }

    [Theory]
    [InlineData(1, "method 1, Shrink")]
    [InlineData(6, "method 6, Implode")]
    [InlineData(98, "method 98, PPMd")]
    [InlineData(97, "method 97")]
    public void An_entry_of_an_unknown_method_cannot_be_verified_and_is_named(int method, string expected)
    {
        byte[] file = Zip([new("a", Text), new("b", Noise(300), method), new("c", Text)]);

        var report = Test(file);

        Assert.Equal(
            (BackupFileState.Unverifiable, ChecksumCoverage.NotChecked, null,
            $"the content of 'b' is compressed by {expected}, and only its length was compared"),
            (report.State, report.Checksum, report.IsWhole, report.Problem));
        Assert.Equal(BackupFileState.Unverifiable, State(Compressed.Gzip(file)));
        Assert.Equal(BackupFileState.Truncated, State(file[..^1]));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 100)));
    }

    // The directory has the method and the encryption, too.
    [Theory]
    [InlineData(6, 0)]
    [InlineData(8, 0)]
    [InlineData(8, 6)]
    public void A_header_that_says_another_method_than_the_directory_is_damage(int at, int bit) =>
        Assert.Equal(BackupFileState.Damaged, State(Flip(Zip([new("a", Text), new("b", Text)]), at, bit)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_member_that_cannot_be_tested_does_not_hide_what_is_behind_it(bool isZip)
    {
        byte[] bad = Flip(RdbWriter.Small(), 30);
        byte[] Pack(byte[] second) => isZip ? Zip([new("a", Untested), new("b", second), new("c", Text)])
            : Tar(('0', "a", Untested), ('0', "b", second), ('0', "c", Text));
        byte[] file = Pack(RdbWriter.Small());

        Assert.Equal((BackupFileState.Unsupported, null), (State(file), Test(file).IsWhole));
        Assert.StartsWith("the member 'a' (RDB) was not tested", Test(file).Problem);
        var report = Test(Pack(bad));
        Assert.Equal((BackupFileState.Damaged, false), (report.State, report.IsWhole));
        Assert.StartsWith("the member 'b' (RDB) is not whole", report.Problem);
        Assert.Equal(BackupFileState.Truncated, State(file[..(file.Length / 2)]));
        Assert.Equal((BackupFileState.TrailingData, null), (State([.. file, 1]), Test([.. file, 1]).IsWhole));
    }

    [Fact]
    public void A_changed_byte_behind_a_member_that_cannot_be_tested_is_found()
    {
        byte[] file = Zip([new("a", Untested), new("b", Text), new("c", Text)]);

        Assert.Equal(BackupFileState.Damaged, State(Flip(file, file.AsSpan().LastIndexOf((byte)'c') - 200)));
    }

    [Fact]
    public void The_walk_goes_on_behind_a_member_that_is_not_whole()
    {
        byte[] file = Zip([new("a", Flip(RdbWriter.Small(), 30)), new("b", Text), new("c", Text)]);

        var report = Test(file);

        Assert.Equal((BackupFileState.Damaged, 3L), (report.State, report.Details["Entries"]));
        Assert.Equal((31L, null), (report.Offset, report.ProblemRange));
    }

    // Needs a dictionary: the header says where it ends all the same.
    [Fact]
    public void An_entry_that_cannot_be_decompressed_does_not_hide_what_is_behind_it()
    {
        byte[] packed = [0x28, 0xB5, 0x2F, 0xFD, 0x21, 7, 1, 9, 0, 0, (byte)'x'];
        byte[] Pack(uint? crc) =>
            Zip([new("a", "x"u8.ToArray(), 93) { Packed = packed }, new("b", Text) { Crc = crc }]);

        Assert.Equal(BackupFileState.Unsupported, State(Pack(null)));
        Assert.Equal("not supported: the frame needs a dictionary (in 'a')", Test(Pack(null)).Problem);
        Assert.Equal(BackupFileState.Damaged, State(Pack(1)));
    }

    // The dictionary of Zstandard, the random bytes of bzip2, the properties of LZMA.
    [Theory]
    [InlineData(93, 4)]
    [InlineData(12, 14)]
    [InlineData(14, 4)]
    public void A_variant_that_one_bit_of_an_entry_makes_has_a_range_to_request_again(int method, int place)
    {
        byte[] packed = method switch
        {
            93 => Read("words-19.zst"),
            12 => Read("words.bz2"),
            _ => [9, 20, 5, 0, 0x5D, 0, 0, 1, 0, .. new byte[40]],
        };
        byte[] file = Zip([new("a", Text), new("b", Words, method) { Packed = packed }, new("c", Text)]);
        int second = 331, at = second + 31 + place, found = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            var report = Test(Flip(file, at, bit));
            if (report.State != BackupFileState.Unsupported)
                continue;
            var (start, end) = Assert.NotNull(report.ProblemRange);
            Assert.True(start == second && at < end && end < at + 100, $"{start} to {end}");
            found++;
        }

        Assert.InRange(found, 1, 8);
    }

    // What the CRC-32 of the entry covers is as it was packed; in a tar, the member may have been damaged since.
    [Fact]
    public void The_bytes_of_a_bad_member_are_requested_again_where_no_checksum_proves_them()
    {
        byte[] bad = Flip(RdbWriter.Small(), 30);

        Assert.Null(Test(Zip([new("a", bad), new("b", Text)])).ProblemRange);
        Assert.Null(Test(Compressed.Gzip(Tar(('0', "a", bad), ('0', "b", Text)))).ProblemRange);
        Assert.Null(Test(Tar(('0', "a", Compressed.Gzip(bad)), ('0', "b", Text))).ProblemRange);
        var report = Test(Tar(('0', "b", Text), ('0', "a", bad)));
        Assert.Equal((1536L, (1536L, 1536L + bad.Length)), (report.Offset, report.ProblemRange));
    }

    [Theory]
    [InlineData(0, 87)]
    [InlineData(Streamed, 32)]
    public void A_damaged_length_is_in_the_bytes_that_are_requested_again(int flags, int least)
    {
        byte[] file = Zip([new("a", Text), new("b", Text, Flags: flags), new("c", Text)]);
        int second = 331;
        int found = 0;

        for (int at = second + 4; at < second + 30; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                var report = Test(Flip(file, at, bit));
                if (report.ProblemRange is not { } range)
                    continue;
                Assert.True(range.Start <= at && at < range.End, $"{at}, {bit}: {report.Problem} {range}");
                found += range.Start > 0 ? 1 : 0;
            }
        }

        Assert.True(found >= least, $"{found}");
    }

    [Fact]
    public void A_changed_bit_of_a_stored_entry_that_was_streamed_is_damage_of_that_entry()
    {
        byte[] file = Zip([new("a", Text), new("b", Noise(5000), Flags: Streamed), new("c", Text)]);

        var report = Test(Flip(file, 1000));

        Assert.Equal((BackupFileState.Damaged, 331L), (report.State, report.Offset));
        Assert.StartsWith("damaged: the CRC-32 of 'b' is ", report.Problem);
        Assert.Equal(331, report.ProblemRange!.Value.Start);
        Assert.InRange(report.ProblemRange.Value.End, 362 + 5000, file.Length);
        Assert.Equal(BackupFileState.Truncated, State(file[..3000]));
        Assert.Equal(BackupFileState.Intact, State(file));
    }

    // The mark and the length of a descriptor in the middle of content, and nothing of an archive behind them.
    [Fact]
    public void Content_that_looks_like_a_descriptor_is_content()
    {
        byte[] descriptor = new ByteWriter().Text("PK\u0007\u0008").U32(5).U32(300).U32(300).ToArray();
        byte[] content = [.. Text, .. descriptor, .. Text];

        Assert.Equal(BackupFileState.Intact, State(Zip([new("b", content, Flags: Streamed), new("c", Text)])));
    }
}
