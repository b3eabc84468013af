using System;
using System.IO;
using System.Linq;
using System.Text;
using BackupLinks.Formats;
using BackupLinks.Tests.Core;
using BackupLinks.Tests.Core.Formats;
using static BackupLinks.Tests.Peers.FormatDamage;

namespace BackupLinks.Tests.Peers;

/// <summary>Files of the compressors, archivers and embedded databases of this machine, whole and damaged.</summary>
public sealed class FormatPeerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gzip", "-1", "gzip", ChecksumCoverage.Verified, 10)]
    [InlineData("gzip", "-9", "gzip", ChecksumCoverage.Verified, 10)]
    [InlineData("zstd", "-1", "Zstandard", ChecksumCoverage.Verified, 6)]
    [InlineData("zstd", "-19", "Zstandard", ChecksumCoverage.Verified, 6)]
    [InlineData("zstd", "--long=24", "Zstandard", ChecksumCoverage.Verified, 6)]
    [InlineData("zstd", "--no-check", "Zstandard", ChecksumCoverage.None, -1)]
    [InlineData("lz4", "-1", "LZ4", ChecksumCoverage.Verified, 4)]
    [InlineData("lz4", "-9", "LZ4", ChecksumCoverage.Verified, 4)]
    [InlineData("lz4", "-BD", "LZ4", ChecksumCoverage.Verified, 4)]
    [InlineData("lz4", "-BX", "LZ4", ChecksumCoverage.Verified, 4)]
    [InlineData("lz4", "--no-frame-crc", "LZ4", ChecksumCoverage.None, -1)]
    [InlineData("xz", "-6", "xz", ChecksumCoverage.Verified, 0)]
    [InlineData("xz", "--check=sha256", "xz", ChecksumCoverage.Verified, 0)]
    [InlineData("xz", "--block-size=40000", "xz", ChecksumCoverage.Verified, 0)]
    [InlineData("xz", "--check=none", "xz", ChecksumCoverage.None, -1)]
    [InlineData("bzip2", "-1", "bzip2", ChecksumCoverage.Verified, 4)]
    public void What_a_compressor_wrote_is_intact_and_its_damage_is_found(
        string program, string option, string format, string checksum, int covered)
    {
        string path = _folder["content"];
        // Text that repeats itself, and text that does not.
        byte[] content =
        [
            .. Enumerable.Range(0, 30).SelectMany(i => FormatFixtures.Words[(i * 100)..]),
            .. Encoding.ASCII.GetBytes(Convert.ToBase64String(FormatTest.Noise(50_000))),
        ];
        File.WriteAllBytes(path, content);
        var (exitCode, output) = Peer.Run("/bin/sh", "-c",
            $"{Peer.Require(program)} {option} -c < '{path}' > '{path}.packed'");
        Assert.True(exitCode == 0, output);
        byte[] packed = File.ReadAllBytes(path + ".packed");

        var report = Test(path + ".packed");

        Assert.Equal((BackupFileState.Intact, format + " > text", checksum), (
            report.State, report.Format, report.Checksum));
        RequireCutsFound(packed);
        RequireBadTail(packed, program);
        // The last byte of a stream of bits is filled up, and nothing covers that.
        if (covered >= 0)
            RequireFlipsFound(packed, covered, program switch { "bzip2" => 1, "gzip" => 9, _ => 0 });
    }

    [Theory]
    [InlineData("-r")]
    [InlineData("-r0")]
    [InlineData("-rfd")]
    [InlineData("-r9 -P secret")]
    public void What_zip_wrote_is_intact_and_its_damage_is_found(string options)
    {
        FillFolder();
        string path = _folder["a.zip"];
        var (exitCode, output) = Peer.Run("/bin/sh", "-c",
            $"cd '{_folder.Path}' && {Peer.Require("zip")} -q {options} a.zip d");
        Assert.True(exitCode == 0, output);
        byte[] file = File.ReadAllBytes(path);

        Assert.Equal(BackupFileState.Intact, Test(path).State);
        RequireCutsFound(file);
        RequireTailsFound(file);
    }

    [Theory]
    [InlineData("-cf")]
    [InlineData("--format=v7 -cf")]
    [InlineData("--format=ustar -cf")]
    [InlineData("--format=pax -cf")]
    [InlineData("--sparse -cf")]
    public void What_tar_wrote_is_intact_and_its_cuts_are_found(string options)
    {
        FillFolder();
        using (var sparse = File.Create(_folder["d/sparse"]))
            sparse.SetLength(1_000_000);
        string path = _folder["a.tar"];
        var (exitCode, output) = Peer.Run("/bin/sh", "-c",
            $"cd '{_folder.Path}' && {Peer.Require("tar")} {options} a.tar d");
        Assert.True(exitCode == 0, output);
        byte[] file = File.ReadAllBytes(path);
        int end = Array.FindLastIndex(file, value => value != 0);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), (Test(path).State, Test(path).Checksum));
        // Behind the two end blocks, tar fills up a record of 10 KiB.
        RequireCutsFound(file, slack: file.Length - end);
        RequireTailsFound(file);
    }

    [Fact]
    public void What_sqlite3_wrote_is_intact_and_its_cuts_are_found()
    {
        string path = _folder["a.db"];
        var (exitCode, output) = Peer.Run(
            Peer.Require("sqlite3"), path,
            "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); CREATE INDEX i ON t (name); "
                + "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000) "
                + "INSERT INTO t SELECT x, 'tree ' || hex(x * 7919) FROM n; DELETE FROM t WHERE id % 7 = 0;");
        Assert.True(exitCode == 0, output);

        var report = Test(path);

        Assert.True(report.State == BackupFileState.Intact, report.Problem);
        RequireCutsFound(File.ReadAllBytes(path));
    }

    private static void RequireBadTail(byte[] packed, string program)
    {
        // A second stream is content, too; other bytes are not.
        Assert.Equal(BackupFileState.TrailingData, FormatTest.State([.. packed, .. "garbage"u8]));
        Assert.True(FormatTest.State([.. packed, .. packed]) == BackupFileState.Intact, program);
    }

    private void FillFolder()
    {
        Directory.CreateDirectory(_folder["d/e"]);
        File.WriteAllBytes(_folder["d/words.log"], FormatFixtures.Words);
        File.WriteAllBytes(_folder["d/e/noise"], FormatTest.Noise(20_000));
        File.WriteAllBytes(_folder["d/empty"], []);
    }
}
