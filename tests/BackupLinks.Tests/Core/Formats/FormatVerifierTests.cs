using System.Linq;
using System.Text;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>What a file is, of any format, and what is not a backup; see also <see
/// cref="FormatPropertyTests"/>.</summary>
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
    [InlineData("xbstream", "xbstream", ChecksumCoverage.Partial, "MySQL 8.0.36")]
    [InlineData("qpress compressed", "qpress > text", ChecksumCoverage.Partial, null)]
    [InlineData("binlog", "binlog", ChecksumCoverage.Verified, "MySQL 8.0.36")]
    [InlineData("binlog without checksums", "binlog", ChecksumCoverage.None, "MySQL 8.0.36")]
    [InlineData("mtf", "MTF", ChecksumCoverage.Partial, "SQL Server")]
    [InlineData("mongodump archive", "mongodump archive", ChecksumCoverage.Partial, "MongoDB 7.0.5")]
    [InlineData("bson", "BSON", ChecksumCoverage.None, "MongoDB")]
    [InlineData("pg_dump custom", "pg_dump custom", ChecksumCoverage.None, "PostgreSQL 15.4")]
    [InlineData("pg_dump custom compressed", "pg_dump custom", ChecksumCoverage.Partial, "PostgreSQL 15.4")]
    [InlineData("wal", "WAL", ChecksumCoverage.Partial, "PostgreSQL 15")]
    [InlineData("aof manifest", "AOF manifest", ChecksumCoverage.None, null)]
    [InlineData("pg_dump plain", "pg_dump SQL", ChecksumCoverage.None, "PostgreSQL 17.6")]
    [InlineData("mysqldump", "mysqldump", ChecksumCoverage.None, "MySQL 8.0.36")]
    [InlineData("backup_manifest", "backup_manifest", ChecksumCoverage.Verified, "PostgreSQL")]
    [InlineData("sqlite", "SQLite", ChecksumCoverage.None, "SQLite 3.40.1")]
    [InlineData("text", "text", ChecksumCoverage.None, null)]
    public void A_whole_file_says_what_it_is_and_what_covers_it(
        string name, string format, string checksum, string? engine)
    {
        var report = Test(Get(name));

        Assert.Equal((format, checksum, engine), (report.Format, report.Checksum, report.Engine));
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
    public void A_page_in_the_place_of_a_backup_is_not_a_backup_compressed_or_not()
    {
        byte[] page = "<!DOCTYPE html><html><head><title>Sign in to the network</title></head></html>"u8.ToArray();

        Assert.Equal("the file is a web page, 'Sign in to the network'", Test(page).Problem);
        Assert.Equal((
            BackupFileState.NotABackup, "inside the gzip, the file is a web page, 'Sign in to the network'"),
            (State(Compressed.Gzip(page)), Test(Compressed.Gzip(page)).Problem));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>",
        "the file is an error document of a store, 'AccessDenied'")]
    [InlineData("{\"error_code\":\"DCS.4800\",\"error_msg\":\"Invalid parameter.\"}",
        "the file is an error document, 'DCS.4800'")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
        "the file is a pointer of Git LFS to another file")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nREDIS0011", "the file begins with the headers of an HTTP "
        + "response")]
    [InlineData("R", "no known format of a backup begins like this file")]
    [InlineData("", "the file is empty")]
    public void Junk_is_named(string content, string problem)
    {
        var report = Test(Encoding.UTF8.GetBytes(content));

        Assert.Equal((content.Length == 0 ? BackupFileState.Empty : BackupFileState.NotABackup, problem), (
            report.State, report.Problem));
        Assert.Null(report.Format);
        Assert.False(report.IsWhole);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- of a store -->\n<Error>\n<Code>AccessDenied</Code></Error>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<ListBucketResult>\n</ListBucketResult>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<soap:Envelope>\n</soap:Envelope>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<ServiceError>\n</ServiceError>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<ApiError xmlns=\"urn:a\">\n</ApiError>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<exception>\n</exception>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<ns0:ServiceException>\n</ns0:ServiceException>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<api-fault\ncode=\"1\"/>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<Errors>\n</Errors>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<ErrorMessage>\n</ErrorMessage>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<EnumerationResults>\n</EnumerationResults>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<RESULT>\n</RESULT>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<Message>denied</Message>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<Code>AccessDenied</Code>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html>\n</html>\n")]
    [InlineData("{\n\"message\": \"denied\",\n\"details\": [\n{\"code\": 1}\n]}\n")]
    [InlineData("{\"a\": 1}\n")]
    [InlineData("[\n{\"a\": 1},\n{\"a\": 2}\n]\n")]
    [InlineData("<a>\n</a>\n")]
    [InlineData("<1a>\n</1a>\n")]
    public void A_document_is_no_log(string content) =>
        Assert.Equal(BackupFileState.NotABackup, State(Encoding.UTF8.GetBytes(content)));

    [Theory]
    [InlineData("{\"t\":{\"$date\":\"2026-01-15\"},\"s\":\"I\"}\n{\"t\":{\"$date\":\"2026-01-15\"},\"s\":\"I\"}\n")]
    [InlineData("{\"message\":\"checkpoint starting\"}\n{\"message\":\"checkpoint complete\"}\n")]
    [InlineData("<134>1 2026-01-15T00:00:00Z db1 postgres - - LOG:  checkpoint starting\n")]
    [InlineData("[Note] ready\n[Note] stopped\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<AUDIT>\n<AUDIT_RECORD>\n</AUDIT_RECORD>\n</AUDIT>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<resultset statement=\"SELECT 1\">\n</resultset>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<Events>\n<Event>\n</Event>\n</Events>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<error_log>\n</error_log>\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<messages>\n</messages>\n")]
    public void A_log_is_text_whatever_its_lines_begin_with(string content)
    {
        byte[] log = Encoding.UTF8.GetBytes(content);

        Assert.Equal((BackupFileState.Unverifiable, "text"), (State(log), Test(log).Format));
        Assert.Equal(BackupFileState.Damaged, State([.. log, .. log, .. log, .. new byte[10]]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_log_in_UTF_16_is_text_and_is_damaged_by_a_hole(bool isBigEndian)
    {
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        byte[] log = [.. encoding.GetPreamble(), .. encoding.GetBytes(string.Concat(Enumerable.Repeat(
            "2026-01-15 00:00:00.00 Server      错误 in master\r\n", 200)))];

        Assert.Equal(BackupFileState.Unverifiable, State(log));
        Assert.Equal(BackupFileState.Unverifiable, Test(log, pieces: 7).State);
        var hole = Test([.. log, .. new byte[1000]], pieces: 7);
        Assert.Equal((BackupFileState.Damaged, log.Length), (hole.State, hole.Offset));
        Assert.Equal(BackupFileState.NotABackup, State([.. encoding.GetPreamble(), .. Noise(5000)]));
    }

    // A hole in the first bytes: with some text in front of it, the text is a log.
    [Theory]
    [InlineData(3, BackupFileState.Damaged)]
    [InlineData(1, BackupFileState.NotABackup)]
    public void A_hole_soon_after_the_beginning_of_a_log_in_UTF_16_is_damage(int lines, string state)
    {
        var encoding = new UnicodeEncoding(false, byteOrderMark: true);
        byte[] log = [.. encoding.GetPreamble(), .. encoding.GetBytes(string.Concat(Enumerable.Repeat(
            "2026-01-15 00:00:00.00 Server      a line\r\n", lines)))];

        Assert.Equal(state, State([.. log, .. new byte[1000]]));
    }

    // Each place of a letter at the end of the first bytes, the only ones that are looked at.
    [Theory]
    [InlineData("utf-16", "\U0001F600")]
    [InlineData("utf-16BE", "\U0001F600")]
    [InlineData("utf-16", "\uFFFD")]
    [InlineData("utf-8", "\U0001F600")]
    [InlineData("utf-8", "误")]
    [InlineData("utf-8", "\uFFFD")]
    public void A_log_is_text_whichever_letter_its_first_bytes_end_in(string name, string letter)
    {
        var encoding = Encoding.GetEncoding(name);
        string letters = string.Concat(Enumerable.Repeat(letter, FormatVerifier.HeadSize));
        for (int shift = 0; shift < 4; shift++)
        {
            byte[] log = encoding.GetBytes(new string('a', shift) + "\n" + letters);

            Assert.Equal(BackupFileState.Unverifiable, State([
                .. name == "utf-8" ? [] : encoding.GetPreamble(), .. log]));
        }
    }

    [Theory]
    [InlineData((byte)0xDC)]
    [InlineData((byte)0xD8)]
    public void Half_a_letter_within_UTF_16_is_no_text(byte high)
    {
        byte[] log = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a\nb")];

        Assert.Equal(BackupFileState.Unverifiable, State(log));
        log[3] = high;
        Assert.Equal(BackupFileState.NotABackup, State(log));
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
}
