using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using BackupLinks.Formats;
using BackupLinks.Tests.Core;
using BackupLinks.Tests.Core.Formats;
using static BackupLinks.Tests.Peers.FormatDamage;

namespace BackupLinks.Tests.Peers;

/// <summary>Backups that the database servers of this machine write, whole and damaged.</summary>
public sealed class DatabasePeerTests
{
    [Fact]
    public void Redis_writes_an_RDB_and_an_AOF_that_are_intact_and_their_damage_is_found()
    {
        using var folder = new TemporaryFolder();
        string program = Peer.Require("redis-server");
        string port = Peer.FreePort().ToString(CultureInfo.InvariantCulture);
        using var redis = Peer.StartServer(
            program, int.Parse(port, CultureInfo.InvariantCulture), "--port", port, "--bind", "127.0.0.1", "--dir",
                folder.Path,
            "--appendonly", "yes", "--save", "", "--daemonize", "no", "--logfile", folder["log"]);
        try
        {
            Send(port,
            [
                .. Enumerable.Range(0, 3000).Select(i => $"SET key:{i} {new string((char)('a' + (i % 26)), i % 300)}x"),
                .. Enumerable.Range(0, 300).Select(i => $"HSET hash field:{i} {i}"),
                .. Enumerable.Range(0, 300).Select(i => $"ZADD ranks {i} member:{i}"),
                .. Enumerable.Range(0, 300).Select(i => $"XADD stream * n {i}"),
                "SADD set 1 2 3", "RPUSH list a b c", "EXPIRE list 100000", "SELECT 3", "SET other 1", "MULTI",
                    "INCR other",
                "INCR other", "EXEC", "SAVE",
            ]);
        }
        finally
        {
            redis.Kill();
            redis.WaitForExit();
        }

        var report = Test(folder["dump.rdb"]);
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        Assert.Equal((3006L, 2), (report.Details["Keys"], report.Details["Databases"]));
        Assert.StartsWith("Redis ", report.Engine);
        byte[] rdb = File.ReadAllBytes(folder["dump.rdb"]);
        RequireCutsFound(rdb);
        RequireFlipsFound(rdb);
        RequireTailsFound(rdb);

        // Redis 7 writes parts and a manifest; Redis 6 one file.
        string[] parts = Directory.GetFiles(folder.Path, "*.aof*", SearchOption.AllDirectories);
        Assert.NotEmpty(parts);
        Assert.All(parts, path => Assert.True(Test(path).State == BackupFileState.Intact,
            $"{path}: {Test(path).Problem}"));
        byte[] aof = File.ReadAllBytes(parts.Single(path => path.EndsWith(".aof", StringComparison.Ordinal)));
        byte[] half = aof[..(aof.Length / 2)];
        Assert.Equal(BackupFileState.Truncated, FormatTest.State(half));
    }

    [Fact]
    public void MariaDB_writes_a_dump_and_a_binary_log_that_are_intact_and_their_damage_is_found()
    {
        using var server = new MariaDbServer();
        server.RunTool("mariadb-dump", "--result-file=" + server["a.sql"], "--databases", "shop");
        server.RunTool("mariadb-dump", "--result-file=" + server["compact.sql"], "--compact", "shop");
        server.Sql("FLUSH BINARY LOGS");
        server.Stop();

        var dump = Test(server["a.sql"]);
        Assert.Equal((BackupFileState.Intact, "mysqldump", ChecksumCoverage.None), (
            dump.State, dump.Format, dump.Checksum));
        Assert.StartsWith("MariaDB ", dump.Engine);
        RequireCutsFound(File.ReadAllBytes(server["a.sql"]), slack: 1);
        Assert.Equal(BackupFileState.Unverifiable, Test(server["compact.sql"]).State);

        string log = Directory.GetFiles(server.Folder, "binlog.0*").Order(StringComparer.Ordinal).First();
        var report = Test(log);
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified, true), (
            report.State, report.Checksum, report.Details["IsClosed"]));
        byte[] bytes = File.ReadAllBytes(log);
        // The first event has the flag of a log in use, which no checksum covers.
        RequireFlipsFound(bytes, from: 40);
        Assert.NotEqual(BackupFileState.Intact, FormatTest.State(bytes[..^1]));
    }

    [Fact]
    public void A_stream_of_mariabackup_is_whole_by_its_last_member()
    {
        string program = Peer.Require("mariadb-backup");
        using var server = new MariaDbServer();
        server.Sql("CREATE TABLE shop.leaves (id int, name text) ENGINE=Aria");
        var (exitCode, output) = Peer.Run("/bin/sh", "-c", $"exec {program} --no-defaults --backup --stream=xbstream "
            + $"--user=root --socket={server["s"]} --target-dir={server["target"]} > {server["a.xb"]}");
        Assert.True(exitCode == 0, output);

        var report = Test(server["a.xb"]);

        Assert.Equal((BackupFileState.Intact, "xbstream", true), (report.State, report.Format, report.IsWhole));
        Assert.StartsWith("MariaDB ", report.Engine);
        byte[] file = File.ReadAllBytes(server["a.xb"]);
        int end = file.AsSpan().LastIndexOf("XBSTCK01"u8);
        Assert.Equal(BackupFileState.Truncated, FormatTest.State(file[..end]));
        int info = file.AsSpan(0, end).LastIndexOf("XBSTCK01"u8);
        Assert.Equal(BackupFileState.Truncated, FormatTest.State(file[..info]));
        Assert.Equal(BackupFileState.Damaged, FormatTest.State(FormatTest.Flip(file, end - 5)));
    }

    [Fact]
    public void PostgreSQL_writes_dumps_that_are_intact_and_their_damage_is_found()
    {
        using var server = new PostgresServer();
        foreach (string format in new[] { "-Fp", "-Fc", "-Fc -Z0", "-Fc -Z9" })
        {
            string path = server["dump"];
            server.RunTool("pg_dump",
                ["-h", server.Folder, "-U", "postgres", .. format.Split(' '), "-f", path, "postgres"]);

            var report = Test(path);

            Assert.True(report.State == BackupFileState.Intact, $"{format}: {report.State}: {report.Problem}");
            Assert.StartsWith("PostgreSQL ", report.Engine);
            Assert.Equal(format is "-Fp" or "-Fc -Z0" ? ChecksumCoverage.None : ChecksumCoverage.Partial,
                report.Checksum);
            byte[] file = File.ReadAllBytes(path);
            RequireCutsFound(file, slack: format == "-Fp" ? 3 : 0);
            if (report.Checksum == ChecksumCoverage.Partial)
                RequireFlipsFound(file, from: file.Length / 2);
        }

        server.RunTool("pg_dumpall", "-h", server.Folder, "-U", "postgres", "-f", server["all.sql"]);
        Assert.Equal(BackupFileState.Intact, Test(server["all.sql"]).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--manifest-checksums=SHA256")]
    [InlineData("-z")]
    [InlineData("-R")]
    public void A_base_backup_is_verified_by_the_manifest_beside_it(string option)
    {
        using var server = new PostgresServer();
        string folder = server["backup"];
        server.RunTool(
            "pg_basebackup",
            ["-h", server.Folder, "-U", "postgres", "-D", folder, "-Ft",
                .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        server.Stop();

        Assert.All(
            Directory.GetFiles(folder),
            path => Assert.True(Test(path) is { State: BackupFileState.Intact }, $"{path}: {Test(path).Problem}"));
        string tar = Path.Combine(folder, option == "-z" ? "base.tar.gz" : "base.tar");
        // With -R, pg_basebackup changes the configuration behind the back of the manifest.
        Assert.Equal(option == "-R" ? ChecksumCoverage.Partial : ChecksumCoverage.Verified, Test(tar).Checksum);
        if (option is "-z" or "-R")
            return;
        byte[] file = File.ReadAllBytes(tar);
        int end = Array.FindLastIndex(file, value => value != 0);
        foreach (int place in Enumerable.Range(1, 20).Select(i => (int)((long)end * i / 21)))
        {
            File.WriteAllBytes(tar, FormatTest.Flip(file, place));
            var report = Test(tar);
            Assert.True(
                report.State != BackupFileState.Intact || report.Checksum != ChecksumCoverage.Verified,
                $"byte {place}: {report.State}, {report.Checksum}");
        }

        // Without one of its files, a tar is as good as any; the manifest knows.
        File.WriteAllBytes(tar, WithoutMember(file, "PG_VERSION"));
        Assert.StartsWith(
            "cut: the manifest beside the tar names 1 file that the tar does not have; the first is 'PG_VERSION'",
            Test(tar).Problem);
    }

    [Fact]
    public void A_segment_of_the_write_ahead_log_has_its_size_and_its_pages()
    {
        using var server = new PostgresServer();
        server.Sql("SELECT pg_switch_wal()");
        server.Stop();
        string path = Directory.GetFiles(server["data/pg_wal"]).Order(StringComparer.Ordinal)
            .First(file => new FileInfo(file).Length > 0);
        byte[] file = File.ReadAllBytes(path);

        var report = Test(path);

        Assert.Equal((BackupFileState.Intact, "WAL", ChecksumCoverage.Partial), (
            report.State, report.Format, report.Checksum));
        Assert.True((long)report.Details["Records"] > 100, $"{report.Details["Records"]} records");
        // The zeros between records have no checksum.
        int found = Enumerable.Range(1, 40).Select(i => (i * 8192) + 4096)
            .Count(place => FormatTest.State(FormatTest.Flip(file, place)) == BackupFileState.Damaged);
        Assert.InRange(found, 30, 40);
        Assert.Equal(BackupFileState.Truncated, FormatTest.State(file[..^8192]));
        Assert.Equal(BackupFileState.TrailingData, FormatTest.State([.. file, 0]));
        byte[] hole = [.. file];
        Array.Clear(hole, 8192, 8192);
        Assert.Equal((BackupFileState.Damaged, 8192L), (FormatTest.Test(hole).State, FormatTest.Test(hole).Offset));
    }

    private static void Send(string port, string[] commands)
    {
        using var client = new TcpClient("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture));
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        stream.Write(Encoding.ASCII.GetBytes(
            string.Concat(commands.Append("ECHO done").Select(command => command + "\r\n"))));
        string? line;
        do
        {
            line = reader.ReadLine();
            Assert.False(line is null or ['-', ..], line);
        }
        while (line != "done");
    }

    private static byte[] WithoutMember(byte[] tar, string name)
    {
        int at = 0;
        while (Encoding.ASCII.GetString(tar, at, name.Length + 1) != name + "\0")
            at += 512 + ((SizeOf(at) + 511) / 512 * 512);
        int next = at + 512 + ((SizeOf(at) + 511) / 512 * 512);
        return [.. tar[..at], .. tar[next..]];

        int SizeOf(int header) => Convert.ToInt32(Encoding.ASCII.GetString(tar, header + 124, 11), 8);
    }
}
