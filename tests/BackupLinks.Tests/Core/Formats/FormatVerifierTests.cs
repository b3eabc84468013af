using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>What is special of one format or another; see also <see cref="FormatPropertyTests"/> and <see cref="RdbVerifierTests"/>.</summary>
public sealed class FormatVerifierTests
{
    [Theory]
    [InlineData("gzip", "gzip > text", ChecksumCoverage.Verified, null)]
    [InlineData("tar in gzip", "gzip > tar", ChecksumCoverage.Verified, null)]
    [InlineData("tar in lz4", "LZ4 > tar", ChecksumCoverage.Verified, null)]
    [InlineData("lz4 legacy", "LZ4", ChecksumCoverage.None, null)]
    [InlineData("zstd", "Zstandard > text", ChecksumCoverage.Verified, null)]
    [InlineData("xz", "xz > text", ChecksumCoverage.Verified, null)]
    [InlineData("bzip2", "bzip2 > text", ChecksumCoverage.Verified, null)]
    [InlineData("zip", "zip", ChecksumCoverage.Verified, null)]
    [InlineData("tar", "tar", ChecksumCoverage.Partial, null)]
    [InlineData("xbstream", "xbstream", ChecksumCoverage.Verified, "MySQL 8.0.36")]
    [InlineData("qpress compressed", "qpress > text", ChecksumCoverage.Partial, null)]
    [InlineData("binlog", "binlog", ChecksumCoverage.Verified, "MySQL 8.0.36")]
    [InlineData("binlog without checksums", "binlog", ChecksumCoverage.None, "MySQL 8.0.36")]
    [InlineData("mtf", "MTF", ChecksumCoverage.Partial, "SQL Server")]
    [InlineData("mongodump archive", "mongodump archive", ChecksumCoverage.Partial, "MongoDB 7.0.5")]
    [InlineData("bson", "BSON", ChecksumCoverage.None, "MongoDB")]
    [InlineData("pg_dump custom", "pg_dump custom", ChecksumCoverage.None, "PostgreSQL 15.4")]
    [InlineData("pg_dump plain", "pg_dump SQL", ChecksumCoverage.None, "PostgreSQL 17.6")]
    [InlineData("mysqldump", "mysqldump", ChecksumCoverage.None, "MySQL 8.0.36")]
    [InlineData("backup_manifest", "backup_manifest", ChecksumCoverage.Verified, "PostgreSQL")]
    [InlineData("sqlite", "SQLite", ChecksumCoverage.None, "SQLite 3.40.1")]
    [InlineData("text", "text", ChecksumCoverage.None, null)]
    public void A_whole_file_says_what_it_is_and_what_covers_it(string name, string format, string checksum, string? engine)
    {
        var report = Test(Get(name));

        Assert.Equal((format, checksum, engine), (report.Format, report.Checksum, report.Engine));
    }

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
            writer.Add((byte)(XxHash32.Compute(writer.ToArray().AsSpan(4)) >> 8)).U32((uint)block.Length | 0x80000000).Add(block);
            if ((flags & 0x10) != 0)
                writer.U32(XxHash32.Compute(block));
            writer.U32(0);
            if ((flags & 4) != 0)
                writer.U32(XxHash32.Compute(block));
            return writer.ToArray();
        }
    }

    [Theory]
    [InlineData("rdb", 1, BackupFileState.TrailingData)]
    [InlineData("gzip", 1, BackupFileState.TrailingData)]
    [InlineData("zstd", 1, BackupFileState.TrailingData)]
    [InlineData("lz4", 1, BackupFileState.TrailingData)]
    [InlineData("xz", 5, BackupFileState.TrailingData)]
    [InlineData("bzip2", 1, BackupFileState.TrailingData)]
    [InlineData("zip", 1, BackupFileState.TrailingData)]
    [InlineData("tar", 1, BackupFileState.TrailingData)]
    [InlineData("qpress", 1, BackupFileState.TrailingData)]
    [InlineData("mtf", 1, BackupFileState.TrailingData)]
    [InlineData("pg_dump custom", 1, BackupFileState.TrailingData)]
    [InlineData("pg_dump plain", 9, BackupFileState.TrailingData)]
    [InlineData("mysqldump", 9, BackupFileState.TrailingData)]
    [InlineData("xbstream", 1, BackupFileState.Truncated)]
    [InlineData("mongodump archive", 9, BackupFileState.Damaged)]
    [InlineData("backup_manifest", 1, BackupFileState.Damaged)]
    public void Bytes_behind_the_end_are_found(string name, int count, string expected)
    {
        byte[] file = Get(name);

        var report = Test([.. file, .. Enumerable.Repeat((byte)'x', count)]);

        Assert.Equal(expected, report.State);
        Assert.NotNull(report.Offset);
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
        Assert.Equal((BackupFileState.Intact, BackupFileState.Truncated), (report.Layers[0].State, report.Layers[1].State));
        Assert.Equal(BackupFileState.Intact, Test(Compressed.Gzip(tar[..(tar.Length / 2)]), depth: BackupTestDepth.Container).State);
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
    public void A_page_in_the_place_of_a_backup_is_not_a_backup_compressed_or_not()
    {
        byte[] page = "<!DOCTYPE html><html><head><title>Sign in to the network</title></head></html>"u8.ToArray();

        Assert.Equal("the file is a web page, 'Sign in to the network'", Test(page).Problem);
        Assert.Equal((BackupFileState.NotABackup, "inside the gzip, the file is a web page, 'Sign in to the network'"), (State(Compressed.Gzip(page)), Test(Compressed.Gzip(page)).Problem));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>", "the file is an error document of a store, 'AccessDenied'")]
    [InlineData("{\"error_code\":\"DCS.4800\",\"error_msg\":\"Invalid parameter.\"}", "the file is an error document, 'DCS.4800'")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "the file is a pointer of Git LFS to another file")]
    [InlineData("R", "no known format of a backup begins like this file")]
    [InlineData("", "the file is empty")]
    public void Junk_is_named(string content, string problem)
    {
        var report = Test(Encoding.UTF8.GetBytes(content));

        Assert.Equal((content.Length == 0 ? BackupFileState.Empty : BackupFileState.NotABackup, problem), (report.State, report.Problem));
        Assert.Null(report.Format);
        Assert.False(report.IsWhole);
    }

    [Fact]
    public void Zeros_and_noise_are_not_a_backup()
    {
        Assert.Equal(BackupFileState.NotABackup, State(new byte[8192]));
        for (int seed = 0; seed < 50; seed++)
            Assert.Equal(BackupFileState.NotABackup, State(Noise(8192, seed)));
    }

    [Fact]
    public void A_log_cannot_be_verified_and_is_damaged_by_a_hole()
    {
        Assert.Equal((BackupFileState.Unverifiable, null), (State(Words), Test(Words).IsWhole));
        Assert.Equal(BackupFileState.Unverifiable, State("2026-01-15 慢查询 0.4 s\n"u8.ToArray()));
        var hole = Test([.. Words[..5000], .. new byte[1000]]);
        Assert.Equal((BackupFileState.Damaged, 5000L), (hole.State, hole.Offset));
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
        Assert.Equal(BackupFileState.Damaged, State(Flip(tar, 5)) is BackupFileState.NotABackup ? BackupFileState.Damaged : State(Flip(tar, 5)));
        Assert.Equal(BackupFileState.Damaged, State(Flip(tar, 512 + ((Words.Length + 511) / 512 * 512) + 5)));
    }

    [Fact]
    public void A_member_of_eight_gigabytes_and_more_is_measured_by_its_extended_header()
    {
        byte[] tar = Tar(TarEntryFormat.Pax, ("big", Words));
        // Writers do this for names and times, too; the size of the header counts for nothing then.
        using var output = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(output, TarEntryFormat.Pax, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "big", new Dictionary<string, string> { ["comment"] = "size=3" }) { DataStream = new MemoryStream(Words) });

        Assert.Equal(BackupFileState.Intact, State(tar));
        Assert.Equal(BackupFileState.Intact, State(output.ToArray()));
    }

    [Fact]
    public void A_cut_member_says_its_name_its_size_and_what_is_there()
    {
        byte[] tar = Tar(TarEntryFormat.Ustar, ("d/words.log", Words));

        var report = Test(tar[..2512]);

        Assert.Equal((BackupFileState.Truncated, "cut: the member 'd/words.log' of 6,000 bytes begins at 512 and 2,000 bytes are there"), (report.State, report.Problem));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_backup_inside_an_archive_is_tested_and_a_bad_one_is_named(bool isZip)
    {
        byte[] bad = Flip(RdbWriter.Small(), 30);
        byte[] Pack(params (string Name, byte[] Content)[] members) => isZip ? Zip(CompressionLevel.Optimal, true, members) : Tar(TarEntryFormat.Ustar, members);

        var single = Test(Pack(("dump.rdb", RdbWriter.Small())));
        var several = Test(Pack(("good.rdb", RdbWriter.Small()), ("bad.rdb", bad), ("words.log", Words)));

        Assert.Equal((BackupFileState.Intact, isZip ? "zip > RDB" : "tar > RDB", "Redis 5.0.3"), (single.State, single.Format, single.Engine));
        Assert.Equal(BackupFileState.Damaged, several.State);
        Assert.StartsWith("the member 'bad.rdb' (RDB) is not whole; damaged: ", several.Problem);
        Assert.Equal(BackupFileState.Intact, Test(Pack(("bad.rdb", bad)), depth: BackupTestDepth.Container).State);
    }

    [Fact]
    public void A_stored_zip_entry_of_unknown_size_ends_with_its_descriptor()
    {
        byte[] content = [.. Words, .. "PK\u0007\u0008 is in the middle"u8, .. Words];
        uint crc = BackupLinks.Checksums.Crc32.Compute(content);
        var writer = new ByteWriter().U32(0x04034B50).U16(20).U16(8).U16(0).U32(0).U32(0).U32(0).U32(0).U16(1).U16(0).Text("a").Add(content)
            .U32(0x08074B50).U32(crc).U32((uint)content.Length).U32((uint)content.Length);
        int directory = writer.Length;
        byte[] file = writer.U32(0x02014B50).U16(20).U16(20).U16(8).U16(0).U32(0).U32(crc).U32((uint)content.Length).U32((uint)content.Length)
            .U16(1).U16(0).U16(0).U16(0).U16(0).U32(0).U32(0).Text("a")
            .U32(0x06054B50).U16(0).U16(0).U16(1).U16(1).U32(47).U32((uint)directory).U16(0).ToArray();

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (State(file), Test(file).Checksum));
        Assert.Equal(BackupFileState.Truncated, State(Flip(file, 1000)));
    }

    [Fact]
    public void An_xbstream_that_was_cut_between_two_members_lacks_its_last_ones()
    {
        byte[] file = Xbstream();
        int info = file.AsSpan().IndexOf("xtrabackup_info"u8) - 14;

        var report = Test(file[..info]);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.StartsWith("cut: xtrabackup_info, which comes last in a backup, is not there", report.Problem);
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
        Assert.Matches("^damaged: the CRC-32 of the chunk of 'shop/t.ibd' at 2,544 is [0-9a-f]{8}, and the chunk says [0-9a-f]{8}$", report.Problem);
        Assert.Equal(2544, report.Offset);
        // The same twice, one behind the other.
        Assert.Equal(BackupFileState.Damaged, State([.. file, .. file]));
    }

    [Fact]
    public void The_information_of_an_xbstream_may_be_compressed_by_itself()
    {
        byte[] info = Qpress("tool_version = 8.0.35-30\nserver_version = 8.0.36\nend_time = 2026-01-15 03:00:00\n"u8.ToArray(), isCompressed: true);

        var report = Test(XbstreamWith(("shop/t.ibd.qp", Qpress(Words, true)), ("xtrabackup_info.qp", info)));

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

    [Theory]
    [InlineData("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nva", BackupFileState.Truncated, "cut: an argument of 5 bytes begins at 24 and 2 bytes are there; the commands up to 0 are whole")]
    [InlineData("*1\r\n$4\r\nPING\r\n*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nPING\r\n", BackupFileState.Truncated, "cut: the transaction that begins at 14 has no end; the commands up to 14 are whole")]
    [InlineData("*1\r\n$4\r\nPING\r\nxxx", BackupFileState.Damaged, "damaged: a command begins with '*', and other bytes are at 14")]
    [InlineData("*1\r\n$4\r\nPINGxx*1\r\n", BackupFileState.Damaged, "damaged: the argument that ends at 12 is not followed by the end of its line")]
    public void A_bad_AOF_says_up_to_where_it_is_good(string content, string state, string problem)
    {
        var report = Test(Encoding.ASCII.GetBytes(content));

        Assert.Equal((state, problem), (report.State, report.Problem));
    }

    [Fact]
    public void The_manifest_of_an_AOF_wants_its_parts_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;
        try
        {
            byte[] manifest = "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n"u8.ToArray();
            File.WriteAllText(Path.Combine(folder, "appendonly.aof.1.base.rdb"), "");

            var report = Test(manifest, folder: folder);
            File.WriteAllText(Path.Combine(folder, "appendonly.aof.1.incr.aof"), "");

            Assert.Equal((BackupFileState.Damaged, "damaged: the manifest names the part 'appendonly.aof.1.incr.aof', which is not beside it"), (report.State, report.Problem));
            Assert.Equal(BackupFileState.Intact, Test(manifest, folder: folder).State);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_binlog_in_use_is_intact_and_nobody_knows_whether_it_is_whole()
    {
        var report = Test(Binlog(hasChecksum: true, isClosed: false, flags: 1));

        Assert.Equal((BackupFileState.Intact, null, true), (report.State, report.IsWhole, report.Details["IsInUse"]));
        Assert.Equal(BackupFileState.Unsupported, State([0xFD, (byte)'b', (byte)'i', (byte)'n', .. Noise(500)]));
    }

    [Fact]
    public void A_backup_of_SQL_Server_says_its_kind_and_stripe_and_which_page_is_damaged()
    {
        byte[] file = MtfWriter.Backup();
        int page = file.AsSpan().IndexOf(MtfWriter.Page(3));

        var good = Test(file);
        var bad = Test(Flip(file, page + 5000));

        Assert.Equal(("Full", "1 of 2", 4L, 4L), (good.Details["Kind"], good.Details["Stripe"], good.Details["Pages"], good.Details["PagesWithChecksum"]));
        Assert.Equal(new DateTime(2026, 1, 15, 3, 0, 0), good.CreatedAt!.Value.LocalDateTime);
        Assert.Equal((BackupFileState.Damaged, (long)page), (bad.State, bad.Offset));
        Assert.Equal($"damaged: the checksum of page 1:3 at {page:N0} is wrong", bad.Problem);
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 60)) is var state && state == BackupFileState.Intact ? BackupFileState.Damaged : state);
        Assert.Equal(BackupFileState.TrailingData, State([.. file, .. file]));
        Assert.Equal(BackupFileState.Unsupported, State([.. "MSSQLBAK"u8, .. Noise(500)]));
    }

    [Fact]
    public void A_mongodump_archive_misses_the_end_of_a_collection()
    {
        byte[] file = Get("mongodump archive");
        int last = file.AsSpan().LastIndexOf("collection"u8);

        // Cut in front of the block that has the checksum.
        var report = Test(file[..(file.AsSpan(0, last).LastIndexOf([(byte)0xFF, (byte)0xFF, (byte)0xFF, (byte)0xFF]) + 4)]);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.StartsWith("cut: the collection 'shop.t' has no end", report.Problem);
        int first = file.AsSpan().IndexOf("first"u8);
        Assert.StartsWith("damaged: the CRC-64 of the collection 'shop.t'", Test(Flip(file, first)).Problem);
    }

    [Fact]
    public void A_custom_dump_wants_as_many_blocks_as_its_table_of_contents_names()
    {
        Assert.Equal(BackupFileState.Intact, State(PgCustomWith(blocks: 2)));
        var report = Test(PgCustomWith(blocks: 1));
        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.Contains("names 2 blocks of data, and 1 are there", report.Problem);
    }

    [Fact]
    public void A_dump_ends_with_the_token_that_it_began_with()
    {
        string dump = Encoding.UTF8.GetString(Get("pg_dump plain"));

        Assert.Equal(BackupFileState.Truncated, State(Encoding.UTF8.GetBytes(dump.Replace(@"\unrestrict aToken1", @"\unrestrict aToken2"))));
        // A transfer as text.
        Assert.Equal(BackupFileState.Damaged, State(Encoding.UTF8.GetBytes(dump.Replace("\n", "\r\n"))));
        // In front of August 2025.
        Assert.Equal(BackupFileState.Intact, State(Encoding.UTF8.GetBytes(dump.Replace(@"\restrict aToken1", "").Replace(@"\unrestrict aToken1", ""))));
        // However far away the end is.
        string rows = string.Concat(Enumerable.Repeat("a row of a table\n", 30_000));
        Assert.Equal(BackupFileState.Intact, State(Encoding.UTF8.GetBytes(dump.Replace("CREATE", rows + "CREATE"))));
    }

    [Fact]
    public void A_changed_value_of_an_SQLite_table_is_found_by_its_index()
    {
        byte[] file = SqliteWriter.Database();
        int value = file.AsSpan().LastIndexOf("value 1"u8);

        var report = Test(Flip(file, value));

        Assert.Equal((BackupFileState.Damaged, "damaged: the index 'i' has other values than its table 't'"), (report.State, report.Problem));
        Assert.Equal(2 * SqliteWriter.PageSize, report.Offset);
    }

    [Fact]
    public void The_trees_of_an_SQLite_database_lead_to_their_own_pages()
    {
        byte[] file = SqliteWriter.Database();
        const int Size = SqliteWriter.PageSize;
        byte[] swapped = [.. file[..(3 * Size)], .. file[(4 * Size)..], .. file[(3 * Size)..(4 * Size)]];
        byte[] hole = [.. file[..(3 * Size)], .. new byte[Size], .. file[(4 * Size)..]];

        Assert.StartsWith("damaged: page 4, of the tree of 't', has rows of another page", Test(swapped).Problem);
        Assert.StartsWith("damaged: page 4, of the tree of 't', is not valid", Test(hole).Problem);
        Assert.Equal(BackupFileState.Truncated, State(file[..^1]));
        Assert.Equal(BackupFileState.TrailingData, State([.. file, 0]));
    }

    [Fact]
    public void A_dump_of_compact_has_no_end_mark() =>
        Assert.Equal(BackupFileState.Unverifiable, State("/*!40101 SET @saved_cs_client = @@character_set_client */;\nCREATE TABLE t (a int);\n"u8.ToArray()));

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
        Assert.InRange(report.Layers.Count, 2, 10);
    }
}
