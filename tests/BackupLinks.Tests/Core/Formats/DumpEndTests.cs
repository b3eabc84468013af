using System.IO;
using System.Text;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The marks at the ends of dumps that are text.</summary>
public sealed class DumpEndTests
{
    private const string Dated = "-- MySQL dump 10.13\nCREATE TABLE t (a int);\n"
        + "-- Dump completed on 2026-01-15  3:00:00";

    public static TheoryData<string, string, string> Marked => new()
    {
        {
            "mysqlpump", "-- Dump created by MySQL pump utility, version: 8.0.36, Linux (x86_64)\n"
                + "-- Dump start time: Thu Jan 15 03:00:00 2026\nINSERT INTO t VALUES (1);\n",
            "-- Dump end time: Thu Jan 15 03:00:01 2026\n"
        },
        {
            "mysqldump XML", "<?xml version=\"1.0\"?>\n<mysqldump xmlns:xsi=\"http://www.w3.org/\">\n"
                + "<database name=\"shop\">\n</database>\n", "</mysqldump>\n"
        },
        {
            "SQLite SQL", "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nINSERT INTO t VALUES(1,'x');\n", "COMMIT;\n"
        },
        {
            "mydumper metadata", "# Started dump at: 2026-01-15 03:00:00\n[master]\nFile = binlog.000001\n",
            "# Finished dump at: 2026-01-15 03:00:01\n"
        },
        {
            "mydumper metadata", "Started dump at: 2026-01-15 03:00:00\nSHOW MASTER STATUS:\n",
            "Finished dump at: 2026-01-15 03:00:01\n"
        },
    };

    [Theory, MemberData(nameof(Marked))]
    public void A_dump_with_a_mark_at_its_end_is_whole_by_it(string name, string text, string mark)
    {
        byte[] file = Encoding.ASCII.GetBytes(text + mark);

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, name, true), (report.State, report.Format, report.IsWhole));
        Assert.Equal(ChecksumCoverage.None, report.Checksum);
        for (int lost = 2; lost < mark.Length + 10; lost++)
        {
            // The mark is known by its word, and what follows that may have been lost as a whole.
            var cut = Test(file[..^lost]);
            Assert.True(cut.State == BackupFileState.Truncated || cut.IsWhole is null, $"{lost}: {cut.State}");
        }

        Assert.Equal(BackupFileState.TrailingData, State([.. file, .. "INSERT"u8]));
        Assert.Equal(BackupFileState.Intact, State(file[..^1]));
    }

    [Theory]
    [InlineData(0, BackupFileState.Intact, true)]
    [InlineData(1, BackupFileState.Truncated, false)]
    [InlineData(18, BackupFileState.Truncated, false)]
    [InlineData(22, BackupFileState.Truncated, false)]
    [InlineData(23, BackupFileState.Intact, null)]
    [InlineData(24, BackupFileState.Truncated, false)]
    public void A_dump_that_ends_within_its_last_line_is_cut(int lost, string state, bool? isWhole)
    {
        var report = Test(Encoding.ASCII.GetBytes(Dated[..^lost]));

        Assert.Equal((state, isWhole), (report.State, report.IsWhole));
        // Without a time, and the last byte changed.
        if (lost == 0)
            Assert.Equal(BackupFileState.Intact, State(Encoding.ASCII.GetBytes(Dated[..^23] + "J")));
    }

    [Fact]
    public void A_dump_of_a_damaged_SQLite_database_says_so_at_its_end()
    {
        var report = TestText("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n/****** CORRUPTION ERROR *******/\n"
            + "ROLLBACK; -- due to errors\n");

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.Equal("damaged: sqlite3 could not read all of the database, as 'ROLLBACK; -- due to errors' at 78 says",
            report.Problem);
    }

    [Fact]
    public void The_metadata_of_mongodump_is_text_and_ends_with_a_brace()
    {
        const string Metadata = "{\"indexes\":[{\"v\":2}],\"uuid\":\"4a\",\"collectionName\":\"t\"}";

        Assert.Equal(BackupFileState.Unverifiable, TestText(Metadata).State);
        Assert.Equal(BackupFileState.Unverifiable, TestText("{\"options\":{}," + Metadata[1..]).State);
        Assert.Equal(BackupFileState.Truncated, TestText(Metadata[..^1]).State);
        Assert.Equal(BackupFileState.NotABackup, TestText("{\"error\":\"no such backup\"}").State);
    }

    [Fact]
    public void The_table_of_contents_of_a_pg_dump_in_files_wants_them_beside_it()
    {
        using var folder = new TemporaryFolder();
        byte[] toc = PgDumpWriter.Toc(format: 5, "3331.dat", "3332.dat", null);
        File.WriteAllText(folder["3331.dat.gz"], "");

        var alone = Test(toc);
        var report = Test(toc, folder: folder.Path);
        File.WriteAllText(folder["3332.dat"], "");
        var whole = Test(toc, folder: folder.Path);

        Assert.Equal((BackupFileState.Intact, "pg_dump directory", null), (alone.State, alone.Format, alone.IsWhole));
        Assert.Equal("damaged: the table of contents names the file '3332.dat', which is not beside it",
            report.Problem);
        Assert.Equal((BackupFileState.Intact, null), (whole.State, whole.IsWhole));
        Assert.Equal("pg_dump tar", Test(PgDumpWriter.Toc(format: 3)).Format);
    }

    private static BackupFileReport TestText(string text) => Test(Encoding.ASCII.GetBytes(text));
}
