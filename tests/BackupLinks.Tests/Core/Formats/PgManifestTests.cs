using System;
using System.Formats.Tar;
using System.IO;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>A tar of pg_basebackup with its manifest beside it.</summary>
public sealed class PgManifestTests : IDisposable
{
    private static readonly byte[] Label = "START WAL LOCATION: 0/2000028\n"u8.ToArray();

    private static readonly byte[] Archive = Tar(
        TarEntryFormat.Ustar, ("backup_label", Label), ("PG_VERSION", "15\n"u8.ToArray()), ("base/1/1259", Words));

    private readonly TemporaryFolder _folder = new();

    public PgManifestTests() =>
        WriteManifest(Entry("backup_label", Label), Entry("PG_VERSION", "15\n"u8.ToArray()), Entry(
            "base/1/1259", Words));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tar_that_its_manifest_covers_is_verified()
    {
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), Judge(Archive));
        Assert.Equal(ChecksumCoverage.Partial, Test(Archive).Checksum);
        Assert.Equal(
            ChecksumCoverage.Partial, Test(Archive, depth: BackupTestDepth.Container, folder: _folder.Path).Checksum);
    }

    [Fact]
    public void A_changed_bit_of_a_member_is_found_and_named()
    {
        var report = Test(Flip(Archive, Archive.AsSpan().IndexOf(Words) + 1000), folder: _folder.Path);

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.Equal(
            "damaged: the checksum of 'base/1/1259' at 2,560 is not that of the manifest beside the tar",
                report.Problem);
    }

    [Fact]
    public void A_file_that_the_tar_lacks_is_found_and_a_tablespace_has_a_tar_of_its_own()
    {
        string tablespace = Entry("pg_tblspc/16384/PG_15_202209061/5/16390", Words);
        WriteManifest(Entry("backup_label", Label), Entry("PG_VERSION", "15\n"u8.ToArray()), Entry(
            "base/1/1259", Words), tablespace);
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), Judge(Archive));
        byte[] own = Tar(TarEntryFormat.Ustar, ("PG_15_202209061/5/16390", Words));
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), Judge(own));

        var report = Test(Tar(TarEntryFormat.Ustar, ("backup_label", Label)), folder: _folder.Path);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.Equal(
            "cut: the manifest beside the tar names 2 files that the tar does not have; the first is 'PG_VERSION'",
                report.Problem);
    }

    [Fact]
    public void A_member_that_the_manifest_does_not_have_is_not_verified()
    {
        byte[] more = Tar(
            TarEntryFormat.Ustar, ("backup_label", Label), ("PG_VERSION", "15\n"u8.ToArray()), ("base/1/1259", Words),
            ("pg_wal/000000010000000000000002", Words));

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), Judge(more));
    }

    [Fact]
    public void The_manifest_of_another_backup_and_a_damaged_one_do_not_count()
    {
        WriteManifest(Entry("backup_label", Words), Entry("PG_VERSION", Words), Entry("base/1/1259", Label));
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), Judge(Archive));

        File.WriteAllBytes(_folder["backup_manifest"], PgManifest()[..^20]);
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), Judge(Archive));
    }

    private static string Entry(string path, byte[] content)
    {
        var crc = new Crc32(Crc32.Castagnoli);
        crc.Append(content);
        string sum = Convert.ToHexStringLower(BitConverter.GetBytes(crc.Value));
        return $"{{ \"Path\": \"{path}\", \"Size\": {content.Length}, "
            + $"\"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"{sum}\" }}";
    }

    private (string State, string Checksum) Judge(byte[] tar)
    {
        var report = Test(tar, folder: _folder.Path);
        return (report.State, report.Checksum);
    }

    private void WriteManifest(params string[] files) => File.WriteAllBytes(_folder["backup_manifest"],
        PgManifest(files));
}
