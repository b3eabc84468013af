using System;
using System.IO;
using System.Linq;
using System.Text;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>What is special of the files of one database or another; see also <see cref="RdbVerifierTests"/>.</summary>
public sealed class DatabaseFormatTests
{
    [Theory]
    [InlineData("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nva", BackupFileState.Truncated,
        "cut: an argument of 5 bytes begins at 24 and 2 bytes are there; the commands up to 0 are whole")]
    [InlineData("*1\r\n$4\r\nPING\r\n*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nPING\r\n", BackupFileState.Truncated,
        "cut: the transaction that begins at 14 has no end; the commands up to 14 are whole")]
    [InlineData("*1\r\n$4\r\nPING\r\nxxx", BackupFileState.Damaged,
        "damaged: a command begins with '*', and other bytes are at 14")]
    [InlineData("*1\r\n$4\r\nPINGxx*1\r\n", BackupFileState.Damaged,
        "damaged: the argument that ends at 12 is not followed by the end of its line")]
    [InlineData("*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nEXEC\r\n", BackupFileState.Damaged,
        "damaged: a transaction ends at 14, and none has begun")]
    [InlineData("*1\r\n$5\r\nMULTI\r\n*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nEXEC\r\n", BackupFileState.Damaged,
        "damaged: a transaction begins at 15, within the one that begins at 0")]
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
            byte[] manifest = Get("aof manifest");
            File.WriteAllText(Path.Combine(folder, "appendonly.aof.1.base.rdb"), "");

            var report = Test(manifest, folder: folder);
            File.WriteAllText(Path.Combine(folder, "appendonly.aof.1.incr.aof"), "");

            Assert.Equal((
                BackupFileState.Damaged,
                "damaged: the manifest names the part 'appendonly.aof.1.incr.aof', which is not beside it"),
                (report.State, report.Problem));
            Assert.Equal(BackupFileState.Intact, Test(manifest, folder: folder).State);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_binlog_in_use_is_intact_and_it_is_unknown_whether_it_is_whole()
    {
        var report = Test(Binlog(hasChecksum: true, isClosed: false, flags: 1));

        Assert.Equal((BackupFileState.Intact, null, true),
            (report.State, report.IsWhole, report.Details["IsInUse"]));
        Assert.Equal(BackupFileState.Unsupported, State([0xFD, (byte)'b', (byte)'i', (byte)'n', .. Noise(500)]));
    }

    [Fact]
    public void A_backup_of_SQL_Server_says_its_kind_and_stripe_and_which_page_is_damaged()
    {
        byte[] file = MtfWriter.Backup();
        int page = file.AsSpan().IndexOf(MtfWriter.Page(3));

        var good = Test(file);
        var bad = Test(Flip(file, page + 5000));

        Assert.Equal(("Full", "1 of 2", 4L, 4L), (
            good.Details["Kind"], good.Details["Stripe"], good.Details["Pages"], good.Details["PagesWithChecksum"]));
        Assert.Equal(new DateTime(2026, 1, 15, 3, 0, 0), good.CreatedAt!.Value.LocalDateTime);
        Assert.Equal((BackupFileState.Damaged, (long)page), (bad.State, bad.Offset));
        Assert.Equal($"damaged: the checksum of page 1:3 at {page:N0} is wrong", bad.Problem);
        Assert.All(
            Enumerable.Range(0, 8192 / 64),
            i => Assert.Equal((BackupFileState.Damaged, (long)page), Offence(Flip(file, page + (64 * i)))));
        Assert.Equal((BackupFileState.Damaged, 0L), Offence(Flip(file, 20)));
        Assert.Equal(BackupFileState.TrailingData, State([.. file, .. file]));
        Assert.Equal(BackupFileState.Unsupported, State([.. "MSSQLBAK"u8, .. Noise(500)]));

        static (string, long?) Offence(byte[] damaged) => (Test(damaged).State, Test(damaged).Offset);
    }

    [Fact]
    public void A_mongodump_archive_misses_the_end_of_a_collection()
    {
        byte[] file = Get("mongodump archive");
        int last = file.AsSpan().LastIndexOf("collection"u8);

        // Cut in front of the block that has the checksum.
        var report = Test(
            file[..(file.AsSpan(0, last).LastIndexOf([(byte)0xFF, (byte)0xFF, (byte)0xFF, (byte)0xFF]) + 4)]);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.StartsWith("cut: the collection 'shop.t' has no end", report.Problem);
        int first = file.AsSpan().IndexOf("first"u8);
        Assert.StartsWith("damaged: the CRC-64 of the collection 'shop.t'", Test(Flip(file, first)).Problem);
    }

    [Theory]
    [InlineData("7.0.5", "system.buckets.t")]
    [InlineData("8.2.9", "system.buckets.t")]
    [InlineData("8.3.0-rc0", "t")]
    [InlineData("10.0.1", "t")]
    public void A_time_series_is_stored_under_the_name_that_its_server_gives_it(string server, string stored)
    {
        Assert.Equal(BackupFileState.Intact, State(MongoArchiveOf(server, "timeseries", stored)));
        Assert.Equal(BackupFileState.Truncated, State(MongoArchiveOf(server, "timeseries", "other")));
    }

    [Fact]
    public void A_mongodump_archive_misses_the_end_of_a_view()
    {
        byte[] file = MongoArchiveOf("7.0.5", "collection", "t", view: "v");

        Assert.Equal(BackupFileState.Intact, State(file));
        int last = file.AsSpan(0, file.Length - 4).LastIndexOf([(byte)0xFF, (byte)0xFF, (byte)0xFF, (byte)0xFF]);
        var report = Test(file[..(last + 4)]);
        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.StartsWith("cut: the collection 'shop.v' has no end", report.Problem);
    }

    [Theory]
    [InlineData("collection", "t")]
    [InlineData("timeseries", "system.buckets.t")]
    public void A_collection_with_long_metadata_misses_its_end_like_others(string type, string stored)
    {
        byte[] file = MongoArchiveOf("7.0.5", type, stored, options: new string('x', 80_000));
        Assert.Equal(BackupFileState.Intact, State(file));
        int metadata = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xFF, (byte)0xFF, (byte)0xFF]) + 4;

        var report = Test(file[..metadata]);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.StartsWith($"cut: the collection 'shop.{stored}' has no end", report.Problem);
    }

    [Fact]
    public void Damage_of_a_collection_is_looked_for_from_its_first_block_on()
    {
        byte[] file = MongoArchiveOf("7.0.5", "collection", "t", view: "v");
        int first = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xFF, (byte)0xFF, (byte)0xFF]) + 4;
        int end = file.AsSpan(0, file.Length - 4).LastIndexOf([(byte)0xFF, (byte)0xFF, (byte)0xFF, (byte)0xFF]) + 4;
        int bad = 0, found = 0;
        for (int at = first; at < file.Length; at++)
        {
            var report = Test(Flip(file, at, at % 8));
            if (report.State == BackupFileState.Intact)
                continue;
            bad++;
            var (from, to) = Assert.NotNull(report.ProblemRange);
            // A changed name of a collection is one more collection.
            found += from <= at && at < to ? 1 : 0;
            Assert.True(at >= end || from >= first || from == 0, $"byte {at}: {from} to {to}");
        }

        Assert.True(found > bad * 9 / 10, $"{found} of {bad}");
        int document = file.AsSpan().IndexOf("first"u8);
        Assert.Equal((first, end - 4), Test(Flip(file, document)).ProblemRange);
    }

    [Fact]
    public void A_document_behind_the_end_of_a_collection_is_damage()
    {
        byte[] file = Get("mongodump archive");

        var report = Test([.. file[..^4], .. Bson("name", "fourth"), .. file[^4..]]);

        Assert.Equal((BackupFileState.Damaged, file.Length - 4L), (report.State, report.Offset));
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

        Assert.Equal(BackupFileState.Truncated, State(
            Encoding.UTF8.GetBytes(dump.Replace(@"\unrestrict aToken1", @"\unrestrict aToken2"))));
        // A transfer as text.
        Assert.Equal(BackupFileState.Damaged, State(Encoding.UTF8.GetBytes(dump.Replace("\n", "\r\n"))));
        // A function that was written elsewhere.
        Assert.Equal(BackupFileState.Intact, State(
            Encoding.UTF8.GetBytes(dump.Replace("CREATE", "AS $$\r\nBEGIN\r\nEND;\r\n$$;\nCREATE"))));
        // In front of August 2025.
        Assert.Equal(BackupFileState.Intact, State(
            Encoding.UTF8.GetBytes(dump.Replace(@"\restrict aToken1", "").Replace(@"\unrestrict aToken1", ""))));
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

        Assert.Equal((BackupFileState.Damaged, "damaged: the index 'i' has other values than its table 't'"), (
            report.State, report.Problem));
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

    [Theory]
    [InlineData("/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;",
        "/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;")]
    [InlineData("/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */;",
        "/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY */;")]
    public void A_dump_without_comments_ends_with_the_statement_that_restores_the_notes(string first, string last)
    {
        string dump = $"/*M!999999\\- enable the sandbox mode */\n{first}\nCREATE TABLE t (a int);\n";

        Assert.Equal(BackupFileState.Intact, State(Encoding.UTF8.GetBytes($"{dump}{last}\n\n")));
        Assert.Equal(BackupFileState.Truncated, State(Encoding.UTF8.GetBytes(dump)));
        Assert.Equal(BackupFileState.TrailingData, State(Encoding.UTF8.GetBytes($"{dump}{last}\nCREATE")));
    }

    [Fact]
    public void A_dump_of_compact_has_no_end_mark() =>
        Assert.Equal(BackupFileState.Unverifiable, State(
            "/*!40101 SET @saved_cs_client = @@character_set_client */;\nCREATE TABLE t (a int);\n"u8.ToArray()));

    [Fact]
    public void The_data_of_a_custom_dump_is_verified_by_zlib()
    {
        byte[] file = Get("pg_dump custom compressed");

        var report = Test(Flip(file, file.Length - 20));

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.StartsWith("damaged: the data of the block at ", report.Problem);
        Assert.Equal(ChecksumCoverage.NotChecked, Test(file, depth: BackupTestDepth.Container).Checksum);
    }

    [Fact]
    public void A_dump_of_a_cluster_ends_with_its_own_mark_and_not_with_that_of_a_database()
    {
        string one = Encoding.UTF8.GetString(Get("pg_dump plain"));
        string all = $"--\n-- PostgreSQL database cluster dump\n--\n\n\\restrict t\n\n\\unrestrict t\n{one}";
        const string End = "--\n-- PostgreSQL database cluster dump complete\n--\n\n";

        Assert.Equal(BackupFileState.Intact, State(Encoding.UTF8.GetBytes(all + End)));
        Assert.Equal(BackupFileState.Truncated, State(Encoding.UTF8.GetBytes(all)));
        // pg_dump --create ends the restriction once before it connects to the new database.
        string created = one.Replace("CREATE TABLE",
            "\\unrestrict aToken1\n\\connect shop\n\\restrict aToken1\nCREATE TABLE");
        Assert.Equal(BackupFileState.Intact, State(Encoding.UTF8.GetBytes(created)));
        Assert.Equal(BackupFileState.Truncated, State(
            Encoding.UTF8.GetBytes(created[..created.IndexOf("\\connect", StringComparison.Ordinal)])));
    }

    [Fact]
    public void A_page_of_the_log_that_later_ones_follow_is_damaged_and_old_pages_at_the_end_are_not()
    {
        byte[] file = Get("wal");

        Assert.Equal((BackupFileState.Intact, 14L), (State(file), Test(file).Details["Pages"]));
        var report = Test(Flip(file, (3 << 16) + 9));
        Assert.Equal((BackupFileState.Damaged, 3L << 16), (report.State, report.Offset));
        Assert.Equal(BackupFileState.Truncated, State(file[..^1]));
        Assert.Equal(BackupFileState.TrailingData, State([.. file, 0]));
    }

    [Fact]
    public void A_log_of_a_release_that_is_not_known_is_one_of_PostgreSQL_all_the_same()
    {
        byte[] file = Get("wal");
        for (int at = 0; at < file.Length && file[at] != 0; at += 1 << 16)
            file[at] = 0xFF;

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, "PostgreSQL"), (report.State, report.Layers[0].Engine));
    }

    [Theory]
    [InlineData("aof", 1)]
    [InlineData("backup_manifest", 1)]
    public void A_backup_whose_first_bytes_are_missing_is_not_taken_for_a_log(string name, int missing)
    {
        byte[] file = Get(name);

        Assert.Equal(BackupFileState.Damaged, State(file[missing..]));
        Assert.Equal(BackupFileState.Damaged, State([.. "\n"u8, .. file]));
        Assert.Equal(BackupFileState.Damaged, State([.. Encoding.UTF8.Preamble, .. file]));
    }

    [Theory]
    [InlineData("mysqldump")]
    [InlineData("pg_dump plain")]
    public void The_mark_at_the_end_of_a_dump_is_a_line_of_its_own(string name)
    {
        string joined = Encoding.UTF8.GetString(Get(name)).Replace("\n", " ");

        Assert.NotEqual(BackupFileState.Intact, State(Encoding.UTF8.GetBytes(joined)));
    }
}
