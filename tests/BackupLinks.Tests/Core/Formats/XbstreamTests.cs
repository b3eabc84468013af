using System;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>What mariabackup writes of changes during a backup, and the last members of a stream.</summary>
public sealed class XbstreamTests
{
    private const string MariaInfo = "tool_version = 10.11.19-MariaDB\nserver_version = 10.11.19-MariaDB\n";

    private static readonly byte[] Other = Noise(700);

    [Fact]
    public void A_member_may_be_written_once_more_from_its_beginning()
    {
        byte[] file = Backup(new Stream().Member("shop/a.MAD", Words).Part("shop/a.MAD", Other, 0, flags: 2)
            .Part("shop/a.MAD", Words, Other.Length, flags: 2).End("shop/a.MAD"));

        AssertIntact(file, files: 2, ChecksumCoverage.Verified);
        // Without the flag, the member comes twice, or has two kinds of chunks.
        byte[] mark = [2, (byte)'P'];
        int[] flags = [file.AsSpan().IndexOf(mark), file.AsSpan().LastIndexOf(mark)];
        Assert.All(flags, at => Assert.Equal(BackupFileState.Damaged, State(Flip(file, at, bit: 1))));
        Assert.Equal(BackupFileState.Damaged, State(Backup(new Stream().Member("shop/a.MAD", Words)
            .Part("shop/a.MAD", Other, 5, flags: 2).End("shop/a.MAD"))));
        Assert.Equal(BackupFileState.Truncated, State(Backup(new Stream().Member("shop/a.MAD", Words)
            .Part("shop/a.MAD", Other, 0, flags: 2))));
    }

    [Fact]
    public void A_member_may_be_removed_or_renamed_and_its_name_be_used_again()
    {
        AssertIntact(Backup(new Stream().Member("shop/a.ibd", Words).Chunk('D', "shop/a.ibd")
            .Member("shop/a.ibd", Other)), files: 2);
        AssertIntact(Backup(new Stream().Member("shop/a.ibd", Words).Rename("shop/a.ibd", "shop/b.ibd")
            .Member("shop/a.ibd", Other)), files: 3);
        Assert.Equal(BackupFileState.Damaged, State(Backup(new Stream().Member("shop/a.ibd", Words)
            .Rename("shop/a.ibd", "shop/b.ibd").Member("shop/b.ibd", Other))));
        // Of a table that was not copied yet.
        AssertIntact(Backup(new Stream().Chunk('D', "shop/a.ibd").Rename("shop/b.ibd", "shop/c.ibd")), files: 1);
        Assert.Equal(BackupFileState.Damaged, State(Backup(new Stream().Rename("a", new string('b', 513)))));
    }

    [Fact]
    public void A_member_may_go_on_from_another_place()
    {
        AssertIntact(Backup(new Stream().Part("aria_log.1", Words, 0).Seek("aria_log.1", 8192)
            .Part("aria_log.1", Other, 8192).End("aria_log.1")), files: 2, ChecksumCoverage.Verified);
        Assert.Equal(BackupFileState.Damaged, State(Backup(new Stream().Part("aria_log.1", Words, 0)
            .Seek("aria_log.1", 8192).Part("aria_log.1", Other, Words.Length).End("aria_log.1"))));
        Assert.Equal(BackupFileState.Truncated,
            State(new Stream().Part("aria_log.1", Words, 0).Seek("aria_log.1", 8192).ToArray()));
    }

    // Nothing compares the place that no data follows.
    [Fact]
    public void A_place_at_the_end_of_a_member_or_before_another_place_has_no_checksum()
    {
        AssertIntact(Backup(new Stream().Part("aria_log.1", Words, 0).Seek("aria_log.1", 8192).End("aria_log.1")),
            files: 2);
        AssertIntact(Backup(new Stream().Part("aria_log.1", Words, 0).Seek("aria_log.1", 4096)
            .Seek("aria_log.1", 8192).Part("aria_log.1", Other, 8192).End("aria_log.1")), files: 2);
    }

    [Fact]
    public void A_sparse_chunk_of_Percona_has_a_map()
    {
        var map = new ByteWriter().U32(4096).U32((uint)Other.Length).ToArray();
        var stream = new Stream().Chunk('S', "shop/t.ibd", new ByteWriter().U32(1).U64((ulong)Other.Length).U64(0)
            .U32(Crc32.Compute([.. map, .. Other])).Add(map).Add(Other).ToArray());
        byte[] file = Backup(stream.Part("shop/t.ibd", Words, 4096 + Other.Length).End("shop/t.ibd"));

        AssertIntact(file, files: 2, ChecksumCoverage.Verified);
    }

    [Theory]
    [InlineData('P', 1)]
    [InlineData('P', 4)]
    [InlineData('E', 2)]
    public void Flags_that_no_program_writes_are_damage(char type, byte flags)
    {
        byte[] file = XbstreamWith(("a.log", Words));
        int at = file.AsSpan().LastIndexOf([(byte)type, (byte)5, (byte)0, (byte)0, (byte)0]) - 1;
        file[at] = flags;

        var report = Test(file);

        Assert.Equal((BackupFileState.Damaged, at - 8L), (report.State, report.Offset));
    }

    [Fact]
    public void The_name_of_a_member_without_content_has_no_checksum()
    {
        Assert.Equal(ChecksumCoverage.Verified, Test(XbstreamWith(("a.log", Words))).Checksum);
        Assert.Equal(ChecksumCoverage.Partial, Test(XbstreamWith(("a.log", Words), ("b.log", []))).Checksum);
    }

    [Theory]
    [InlineData("8.0.35-30", "8.0.36", false)]
    [InlineData("8.4.0-1", "8.4.0", false)]
    [InlineData("8.0.3", "8.0.12", true)]
    [InlineData("2.4.29", "5.7.44", true)]
    [InlineData("10.11.19-MariaDB", "10.11.19-MariaDB", true)]
    public void XtraBackup_8_ends_with_its_table_spaces(string tool, string server, bool isWhole)
    {
        var info = ("xtrabackup_info", Encoding.ASCII.GetBytes($"tool_version = {tool}\nserver_version = {server}\n"));

        var report = Test(XbstreamWith(("shop/t.ibd", Words), info));

        Assert.Equal((isWhole ? BackupFileState.Intact : BackupFileState.Truncated, isWhole),
            (report.State, report.IsWhole));
        if (!isWhole)
            Assert.StartsWith("cut: xtrabackup_tablespaces, which comes last in a backup", report.Problem);
        Assert.Equal(BackupFileState.Intact, State(XbstreamWith(("shop/t.ibd", Words), info,
            ("xtrabackup_tablespaces", Other))));
    }

    [Theory]
    [InlineData("mariadb_backup_info", "mbstream", true)]
    [InlineData("xtrabackup_info", "mariabackup", true)]
    [InlineData("xtrabackup_info", "mariadb-backup", true)]
    [InlineData("xtrabackup_info", "xtrabackup", false)]
    public void A_stream_of_mariabackup_is_known_by_its_tool_where_no_version_names_it(
        string member, string tool, bool isWhole)
    {
        string info = $"tool_name = {tool}\ntool_version = 10.6.14\nserver_version = 10.6.14-log\n";

        var report = Test(XbstreamWith(("shop/t.ibd", Words), (member, Encoding.ASCII.GetBytes(info))));

        Assert.Equal((isWhole ? BackupFileState.Intact : BackupFileState.Truncated,
            isWhole ? "MariaDB 10.6.14-log" : "MySQL 10.6.14-log"), (report.State, report.Engine));
    }

    [Fact]
    public void It_is_unknown_whether_a_stream_whose_information_cannot_be_read_is_whole()
    {
        var report = Test(XbstreamWith(("shop/t.ibd", Words), ("xtrabackup_info.xbcrypt", Other)));

        Assert.Equal((BackupFileState.Intact, null), (report.State, report.IsWhole));
    }

    private static byte[] Backup(Stream stream) =>
        stream.Member("mariadb_backup_info", Encoding.ASCII.GetBytes(MariaInfo)).ToArray();

    private static void AssertIntact(byte[] file, long files, string checksum = ChecksumCoverage.Partial)
    {
        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, null, true), (report.State, report.Problem, report.IsWhole));
        Assert.Equal((files, checksum), (report.Details["Files"], report.Checksum));
    }

    private sealed class Stream
    {
        private readonly ByteWriter _writer = new();

        public Stream Member(string path, byte[] content) => Part(path, content, 0).End(path);

        public Stream Part(string path, byte[] content, long offset, byte flags = 0) =>
            Chunk('P', path, new ByteWriter().U64((ulong)content.Length).U64((ulong)offset)
                .U32(Crc32.Compute(content)).Add(content).ToArray(), flags);

        public Stream End(string path) => Chunk('E', path);

        public Stream Rename(string path, string name) =>
            Chunk('R', path, new ByteWriter().U32((uint)name.Length).Text(name).ToArray());

        public Stream Seek(string path, long offset) =>
            Chunk('S', path, new ByteWriter().U64((ulong)offset).ToArray());

        public Stream Chunk(char type, string path, byte[]? rest = null, byte flags = 0)
        {
            _writer.Text("XBSTCK01").Add(flags, (byte)type).U32((uint)path.Length).Text(path).Add(rest ?? []);
            return this;
        }

        public byte[] ToArray() => _writer.ToArray();
    }
}
