using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>What is special of one container or compressor or another.</summary>
public sealed class ContainerFormatTests
{
    [Theory]
    [InlineData(4, 0x10, ChecksumCoverage.Partial)]
    [InlineData(0x10, 4, ChecksumCoverage.Partial)]
    [InlineData(0x10, 0, ChecksumCoverage.None)]
    [InlineData(0, 0x10, ChecksumCoverage.None)]
    [InlineData(4, 0, ChecksumCoverage.None)]
    [InlineData(4, 4, ChecksumCoverage.Verified)]
    public void Of_several_LZ4_frames_the_one_that_is_covered_least_counts(int first, int second, string expected)
    {
        Assert.Equal(expected, Test([.. Frame(first), .. Frame(second)]).Layers[0].Checksum);

        // One stored block of text; the flags say whether the content or each block has a checksum.
        static byte[] Frame(int flags)
        {
            byte[] block = [.. Enumerable.Repeat("a line of a log\n"u8.ToArray(), 20).SelectMany(line => line)];
            var writer = new ByteWriter().U32(0x184D2204).Add((byte)(0x60 | flags), 0x40);
            writer.Add((byte)(XxHash32.Compute(writer.ToArray().AsSpan(4)) >> 8)).U32((uint)block.Length | 0x80000000)
                .Add(block);
            if ((flags & 0x10) != 0)
                writer.U32(XxHash32.Compute(block));
            writer.U32(0);
            if ((flags & 4) != 0)
                writer.U32(XxHash32.Compute(block));
            return writer.ToArray();
        }
    }

    [Theory]
    [InlineData(0x60, 0)]
    [InlineData(0x68, 8)]
    public void A_frame_of_LZ4_that_needs_a_dictionary_is_unsupported(byte flags, int size)
    {
        byte[] header = [(byte)(flags | 1), 0x40, .. new byte[size], 1, 2, 3, 4];
        byte checksum = (byte)(XxHash32.Compute(header) >> 8);
        byte[] file = [.. new ByteWriter().U32(0x184D2204).ToArray(), .. header, checksum, 0, 0, 0, 0];

        Assert.Equal(BackupFileState.Unsupported, State(file));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 4 + header.Length)));
        Assert.Equal(BackupFileState.Truncated, State(file[..(4 + header.Length)]));
    }

    [Theory]
    [InlineData('0', false)]
    [InlineData('1', true)]
    [InlineData('9', true)]
    [InlineData(':', false)]
    public void A_bzip2_has_blocks_of_100_to_900_kilobytes(char level, bool isKnown)
    {
        byte[] file = Read("words.bz2");
        file[3] = (byte)level;

        Assert.Equal(isKnown, Test(file).Format?.StartsWith("bzip2", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Zeros_behind_a_gzip_are_padding() =>
        Assert.Equal(BackupFileState.Intact, State([.. Compressed.Gzip(Words), .. new byte[100]]));

    [Fact]
    public void A_gzip_says_where_its_content_was_cut_and_the_inner_format_does_not_speak_over_it()
    {
        byte[] file = Compressed.Gzip(RdbWriter.Small());

        var report = Test(file[..^9]);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.StartsWith("cut: the compressed data that begins at 10 has no end", report.Problem);
    }

    [Fact]
    public void Half_a_backup_in_a_sound_gzip_is_found_by_the_inner_format()
    {
        byte[] tar = Get("tar");

        var report = Test(Compressed.Gzip(tar[..(tar.Length / 2)]));

        Assert.Equal((BackupFileState.Truncated, "gzip > tar"), (report.State, report.Format));
        Assert.Equal((BackupFileState.Intact, BackupFileState.Truncated), (
            report.Layers[0].State, report.Layers[1].State));
        Assert.Equal(BackupFileState.Intact, Test(
            Compressed.Gzip(tar[..(tar.Length / 2)]), depth: BackupTestDepth.Container).State);
    }

    [Fact]
    public void The_header_checksum_of_a_gzip_is_verified_where_there_is_one()
    {
        byte[] plain = Compressed.Gzip(Words);
        byte[] header = [0x1F, 0x8B, 8, 2 | 8, 0, 0, 0, 0, 0, 3, (byte)'a', 0];
        var crc = new ByteWriter().Add(header).Crc(0).ToArray();
        byte[] file = [.. header, crc[^4], crc[^3], .. plain[10..]];

        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 10)));
        Assert.Equal("a", Test(file).Details["OriginalName"]);
    }

    [Fact]
    public void A_tar_without_its_end_blocks_is_cut()
    {
        byte[] tar = Get("tar");
        int end = tar.Length;
        while (tar[end - 1] == 0)
            end--;
        end = (end + 511) / 512 * 512;

        foreach (int zeros in new[] { 0, 512 })
            Assert.Equal(BackupFileState.Truncated, State(tar[..(end + zeros)]));
        Assert.Equal(BackupFileState.Intact, State(tar[..(end + 1024)]));
        Assert.Equal(BackupFileState.NotABackup, State(Flip(tar, 5)));
        Assert.Equal(BackupFileState.Damaged, State(Flip(tar, 512 + ((Words.Length + 511) / 512 * 512) + 5)));
    }

    [Fact]
    public void A_member_of_eight_gigabytes_and_more_is_measured_by_its_extended_header()
    {
        byte[] tar = Tar(TarEntryFormat.Pax, ("big", Words));
        // Writers do this for names and times, too; the size of the header counts for nothing then.
        using var output = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(output, TarEntryFormat.Pax, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(
                TarEntryType.RegularFile, "big", new Dictionary<string,
                string> { ["comment"] = "size=3" }) { DataStream = new MemoryStream(Words) });

        Assert.Equal(BackupFileState.Intact, State(tar));
        Assert.Equal(BackupFileState.Intact, State(output.ToArray()));
    }

    // Many bytes of a long name in Chinese are large, so that their sum has six digits.
    [Fact]
    public void The_sum_of_a_header_may_have_six_digits()
    {
        byte[] tar = Tar(TarEntryFormat.Ustar, ("d/words.log", Words));
        tar.AsSpan(0, 100).Fill(0xE5);
        tar.AsSpan(157, 100).Fill(0xE5);
        tar.AsSpan(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte one in tar.AsSpan(0, 512))
            sum += one;
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8) + "\0 ").CopyTo(tar, 148);

        Assert.InRange(sum, 32768, 262143);
        Assert.Equal(BackupFileState.Intact, State(tar));
        Assert.NotEqual(BackupFileState.Intact, State(Flip(tar, 148)));
    }

    [Fact]
    public void A_cut_member_says_its_name_its_size_and_what_is_there()
    {
        byte[] tar = Tar(TarEntryFormat.Ustar, ("d/words.log", Words));

        var report = Test(tar[..2512]);

        Assert.Equal((
            BackupFileState.Truncated,
            "cut: the member 'd/words.log' of 6,000 bytes begins at 512 and 2,000 bytes are there"),
            (report.State, report.Problem));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_backup_inside_an_archive_is_tested_and_a_bad_one_is_named(bool isZip)
    {
        byte[] bad = Flip(RdbWriter.Small(), 30);
        byte[] Pack(params (string Name, byte[] Content)[] members) => isZip
            ? Zip(CompressionLevel.Optimal, true, members) : Tar(TarEntryFormat.Ustar, members);

        var single = Test(Pack(("dump.rdb", RdbWriter.Small())));
        var several = Test(Pack(("good.rdb", RdbWriter.Small()), ("bad.rdb", bad), ("words.log", Words)));

        Assert.Equal((BackupFileState.Intact, isZip ? "zip > RDB" : "tar > RDB", "Redis 5.0.3"), (
            single.State, single.Format, single.Engine));
        Assert.Equal(BackupFileState.Damaged, several.State);
        Assert.StartsWith("the member 'bad.rdb' (RDB) is not whole; damaged: ", several.Problem);
        var untested = Test(Pack(("good.rdb", RdbWriter.Small()), ("new.rdb", new RdbWriter(99).ToArray())));
        Assert.Equal((BackupFileState.Unsupported,
            "the member 'new.rdb' (RDB) was not tested; not supported: RDB version 99 is not known"),
            (untested.State, untested.Problem));
        Assert.Equal(BackupFileState.Intact, Test(Pack(("bad.rdb", bad)), depth: BackupTestDepth.Container).State);
    }

    [Fact]
    public void A_stored_zip_entry_of_unknown_size_ends_with_its_descriptor()
    {
        byte[] content = [.. Words, .. "PK\u0007\u0008 is in the middle"u8, .. Words];
        uint crc = BackupLinks.Checksums.Crc32.Compute(content);
        var writer = new ByteWriter().U32(0x04034B50).U16(20).U16(8).U16(0).U32(0).U32(0).U32(0).U32(0).U16(1).U16(0)
            .Text("a").Add(content)
            .U32(0x08074B50).U32(crc).U32((uint)content.Length).U32((uint)content.Length);
        int directory = writer.Length;
        byte[] file = writer.U32(0x02014B50).U16(20).U16(20).U16(8).U16(0).U32(0).U32(crc).U32((uint)content.Length)
            .U32((uint)content.Length)
            .U16(1).U16(0).U16(0).U16(0).U16(0).U32(0).U32(0).Text("a")
            .U32(0x06054B50).U16(0).U16(0).U16(1).U16(1).U32(47).U32((uint)directory).U16(0).ToArray();

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (State(file), Test(file).Checksum));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 1000)));
    }

    [Fact]
    public void An_xbstream_that_was_cut_between_two_members_lacks_its_last_ones()
    {
        byte[] file = Xbstream();
        int info = file.AsSpan().IndexOf("xtrabackup_info"u8) - 14;

        var report = Test(file[..info]);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.StartsWith(
            "cut: xtrabackup_info, which is one of the last members of a backup, is not there", report.Problem);
        // Other streams have none; then it cannot be known.
        var plain = Test(XbstreamWith(("a.log", Words)));
        Assert.Equal((BackupFileState.Intact, null), (plain.State, plain.IsWhole));
    }

    [Fact]
    public void An_xbstream_names_the_member_of_a_damaged_chunk_and_its_place()
    {
        byte[] file = Xbstream();

        var report = Test(Flip(file, 3000));

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.Matches(
            "^damaged: the CRC-32 of the chunk of 'shop/t.ibd' at 2,544 is [0-9a-f]{8}, and the chunk "
                + "says [0-9a-f]{8}$",
            report.Problem);
        Assert.Equal(2544, report.Offset);
        // The same twice, one behind the other.
        Assert.Equal(BackupFileState.Damaged, State([.. file, .. file]));
    }

    [Fact]
    public void The_information_of_an_xbstream_may_be_compressed_by_itself()
    {
        byte[] info = Qpress(
            "tool_version = 8.0.35-30\nserver_version = 8.0.36\nend_time = 2026-01-15 03:00:00\n"u8.ToArray(),
            isCompressed: true);

        var report = Test(XbstreamWith(("shop/t.ibd.qp", Qpress(Words, true)), ("xtrabackup_info.qp", info),
            ("xtrabackup_tablespaces.qp", info)));

        Assert.Equal((BackupFileState.Intact, "MySQL 8.0.36", true), (report.State, report.Engine, report.IsWhole));
        Assert.Equal("8.0.35-30", report.Details["Tool"]);
    }

    [Fact]
    public void A_qpress_around_an_xbstream_is_opened()
    {
        byte[] inner = Xbstream();

        Assert.Equal("qpress > xbstream", Test(Qpress(inner, isCompressed: true)).Format);
        Assert.Equal(BackupFileState.Truncated, State(Qpress(inner[..^10], isCompressed: true)));
    }

    [Fact]
    public void A_window_that_is_too_large_is_unsupported_and_takes_no_memory()
    {
        byte[] file = [.. new ByteWriter().U32(0xFD2FB528).Add(0, 0xF8).ToArray(), 1, 0, 0];

        Assert.Equal(BackupFileState.Unsupported, State(file));
    }

    [Fact]
    public void The_deepest_nesting_is_given_up_and_not_the_stack()
    {
        byte[] file = Words;
        for (int i = 0; i < 40; i++)
            file = Compressed.Gzip(file);

        var report = Test(file);

        Assert.Equal(BackupFileState.Intact, report.State);
        // What an eighth container has in it is not looked at.
        Assert.Equal(8, report.Layers.Count);
    }

    [Fact]
    public void Zeros_behind_a_legacy_frame_of_LZ4_are_not_blocks() =>
        Assert.Equal(BackupFileState.TrailingData, State([.. Get("lz4 legacy"), .. new byte[400]]));
}
