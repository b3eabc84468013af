using System.IO;
using System.Linq;
using System.Net.Http.Headers;
using System.Text;
using BackupLinks.Formats;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary><c>Save-BackupFile -Test</c>.</summary>
public sealed class SaveTestedFileTests : SaveTest
{
    // The manifest of an AOF is tested with the files beside it.
    public static TheoryData<string> Fixtures =>
        [.. FormatFixtures.Names.Select(row => row.Data).Where(name => name != "aof manifest")];

    [Theory, MemberData(nameof(Fixtures))]
    public void A_whole_backup_is_saved_with_the_report_of_a_test_afterwards(string name)
    {
        var item = Put("dump.bin", FormatFixtures.Get(name));

        var saved = SaveOne(Row(item), "-Test");

        AssertSaved(item, saved);
        var expected = Module.Run("param($path) Test-BackupFile -LiteralPath $path", saved.Path)
            .Single<BackupFileReport>();
        Assert.Equal(
            (expected.State, expected.Format, expected.Checksum, expected.Path, expected.Size, saved.Sha256),
            (saved.Report!.State, saved.Report.Format, saved.Report.Checksum, saved.Report.Path, saved.Report.Size,
                saved.Report.Sha256));
    }

    [Fact]
    public void A_backup_of_the_sandbox_is_a_whole_one() =>
        Assert.Equal(BackupFileState.Intact, SaveOne(Row(Put("dump.rdb", 100_000)), "-Test").Report!.State);

    [Fact]
    public void Without_the_parameter_there_is_no_report() => Assert.Null(SaveOne(Row(Put("dump.rdb", Rdb()))).Report);

    [Theory]
    [InlineData("<!DOCTYPE html><html><title>Sign in</title></html>")]
    [InlineData("{\"error_code\":\"APIGW.0301\",\"error_msg\":\"Incorrect IAM authentication information\"}")]
    public void A_page_or_an_error_is_no_backup_and_leaves_nothing(string text)
    {
        var item = Put("dump.rdb", Encoding.UTF8.GetBytes(text));

        // A size and a tag of the provider bless it elsewhere.
        AssertError(Save(Row(item, size: item.Length), "-Test"), "NotABackup", item);

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_page_ends_at_its_first_bytes_and_not_at_its_last()
    {
        byte[] page = new byte[5 * Segment];
        Encoding.UTF8.GetBytes("<!DOCTYPE html><html>").CopyTo(page, 0);
        var item = Put("dump.rdb", page);
        // Slow enough that all of it does not come before the look.
        Fault(new ObjectFault { BytesPerSecond = 2_000_000 });

        AssertError(Save(Row(item, size: item.Length), "-Test -SegmentCount 1"), "NotABackup", item);

        Assert.InRange(Server.SentOf(item), 0, item.Length / 2);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_page_in_a_gzip_is_no_backup_either()
    {
        var item = Put("dump.rdb.gz", Compressed.Gzip("<!DOCTYPE html><html></html>"u8.ToArray()));

        AssertError(Save(Row(item), "-Test"), "NotABackup", item);

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void An_empty_object_is_no_backup() =>
        AssertError(Save(Row(Put("dump.rdb", []), size: 0), "-Test"), "NotABackup");

    [Fact]
    public void A_backup_that_is_damaged_in_the_store_is_kept_beside_its_name()
    {
        byte[] bytes = Rdb();
        bytes[^20] ^= 1;
        var item = Put("dump.rdb", bytes);

        string message = AssertError(Save(Row(item), "-Test"), "BackupDamaged", item);

        Assert.Contains("damaged at the source", message);
        Assert.Equal(["dump.rdb.damaged"], Directory.GetFiles(Folder).Select(Path.GetFileName));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(Folder, "dump.rdb.damaged")));
    }

    [Fact]
    public void A_backup_that_is_cut_in_the_store_is_the_other_error()
    {
        byte[] bytes = Rdb();
        var item = Put("dump.rdb", bytes[..(bytes.Length / 2)]);

        Assert.Contains("cut at the source", AssertError(Save(Row(item), "-Test"), "BackupTruncated", item));

        Assert.Equal(["dump.rdb.damaged"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_damaged_backup_replaces_neither_a_file_nor_another_damaged_one()
    {
        byte[] bytes = Rdb();
        bytes[^20] ^= 1;
        var item = Put("dump.rdb", bytes);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "dump.rdb"), "of last night");
        File.WriteAllText(Path.Combine(Folder, "dump.rdb.damaged"), "of last week");

        AssertError(Save(Row(item), "-Test -Force"), "BackupDamaged", item);

        Assert.Equal("of last night", File.ReadAllText(Path.Combine(Folder, "dump.rdb")));
        Assert.Equal("of last week", File.ReadAllText(Path.Combine(Folder, "dump.rdb.damaged")));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(Folder, "dump.rdb.damaged.1")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bit_that_turned_on_the_way_is_requested_again_and_repaired(bool hasMd5)
    {
        byte[] bytes = Rdb();
        var item = Put("dump.rdb", bytes);
        Fault(new ObjectFault { CorruptAt = bytes.Length - 20, ETag = hasMd5 ? null : "\"no-md5\"" }, count: 1);
        Fault(new ObjectFault { ETag = hasMd5 ? null : "\"no-md5\"" });

        var result = Save(Row(item), "-Test");

        Assert.Empty(result.Errors);
        var saved = result.Single<SavedBackupFile>();
        AssertSaved(item, saved);
        Assert.Equal((BackupFileState.Intact, item.Sha256), (saved.Report!.State, saved.Report.Sha256));
        Assert.Contains("was damaged on its way", Assert.Single(result.Warnings));
    }

    // The bit makes the frame one that needs a dictionary.
    [Fact]
    public void A_bit_that_makes_a_backup_one_that_cannot_be_tested_is_requested_again()
    {
        var item = Put("dump.zst", FormatFixtures.Get("zstd"));
        Fault(new ObjectFault { CorruptAt = 4 }, count: 1);

        var result = Save(Row(item), "-Test");

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Equal(BackupFileState.Intact, result.Single<SavedBackupFile>().Report!.State);
        Assert.Contains("was damaged on its way", Assert.Single(result.Warnings));
        Assert.Equal("bytes=0-17", StoreRequests[^1].Headers["Range"]);
    }

    [Fact]
    public void A_backup_that_cannot_be_tested_is_saved_as_it_is_in_the_store()
    {
        byte[] bytes = FormatFixtures.Get("zstd");
        bytes[4] ^= 1;
        var item = Put("dump.zst", bytes);

        var result = Save(Row(item), "-Test");

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains("could not be tested", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_log_that_may_have_been_cut_before_it_was_packed_is_saved_with_a_warning()
    {
        var item = Put("mysql-bin.000042.gz", Compressed.Gzip(FormatFixtures.Binlog(true, isClosed: false)));

        var result = Save(Row(item), "-Test");

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains("the test cannot tell whether it is whole: inside the gzip", Assert.Single(result.Warnings));
        Assert.Empty(Save(Row(Put("slow.log", FormatFixtures.Words)), "-Test").Warnings);
    }

    // The CRC-32 of the entry is right.
    [Fact]
    public void A_bad_member_of_an_archive_is_not_requested_again_where_a_checksum_proves_it()
    {
        byte[] bad = FormatTest.Flip(RdbWriter.Small(), 30);
        var item = Put("dump.zip", FormatFixtures.Zip(
            System.IO.Compression.CompressionLevel.NoCompression, true, ("a.rdb", bad), ("b.txt", [1, 2, 3])));

        Assert.Contains("damaged at the source", AssertError(Save(Row(item), "-Test"), "BackupDamaged", item));

        Assert.Single(StoreRequests);
    }

    [Fact]
    public void Only_the_bad_chunk_is_requested_again_where_the_format_has_chunks()
    {
        byte[] bytes = FormatFixtures.Get("lz4 of blocks");
        byte[] damaged = [.. bytes];
        damaged[bytes.Length / 2] ^= 1;
        long chunk = FormatTest.Test(damaged).Offset!.Value;
        var item = Put("dump.lz4", bytes);
        Fault(new ObjectFault { CorruptAt = bytes.Length / 2 }, count: 1);

        AssertSaved(item, Save(Row(item), "-Test").Single<SavedBackupFile>());

        var range = RangeHeaderValue.Parse(StoreRequests[^1].Headers["Range"]).Ranges.Single();
        Assert.Equal(chunk, range.From);
        Assert.InRange(range.To!.Value, bytes.Length / 2, chunk + 2000);
    }

    [Fact]
    public void Bad_chunks_behind_the_first_one_are_requested_again_too()
    {
        byte[] bytes = FormatFixtures.Get("lz4 of blocks");
        var item = Put("dump.lz4", bytes);
        Fault(new ObjectFault { CorruptAt = bytes.Length / 4, CorruptAlsoAt = bytes.Length * 3 / 4 }, count: 1);

        var result = Save(Row(item), "-Test");

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains("in 2 of the bytes", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_bit_that_turns_each_time_is_damaged_at_the_source_as_far_as_can_be_seen()
    {
        byte[] bytes = Rdb();
        var item = Put("dump.rdb", bytes);
        Fault(new ObjectFault { CorruptAt = bytes.Length - 20, ETag = "\"no-md5\"" });

        Assert.Contains("damaged at the source", AssertError(Save(Row(item), "-Test"), "BackupDamaged", item));
    }

    [Fact]
    public void A_resumed_backup_is_tested_from_its_first_byte()
    {
        byte[] bytes = new RdbWriter().Add(254, 0).Key(0, "large").Length(3 * Segment).Add(
            FormatTest.Noise(3 * Segment))
            .ToArray();
        bytes[100] ^= 1;
        var item = Put("dump.rdb", bytes);
        Fault(new ObjectFault { CutAfter = Segment }, count: 1);
        Fault(new ObjectFault { CutAfter = 0 }, count: 1);
        Save(Row(item), "-MaximumRetryCount 0 -SegmentCount 1");
        Server.Faults.Clear();

        AssertError(Save(Row(item), "-Test"), "BackupDamaged", item);
    }

    [Fact]
    public void A_file_that_is_there_is_tested_too()
    {
        byte[] bytes = Rdb();
        bytes[^20] ^= 1;
        var item = Put("dump.rdb", bytes);
        SaveOne(Row(item));

        AssertError(Save(Row(item), "-Test"), "BackupDamaged", item);

        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(Folder, "dump.rdb")));
    }

    [Fact]
    public void A_file_of_no_known_format_is_saved_with_a_warning()
    {
        var item = Put("dump.bin", 100_000);

        var result = Save(Row(item), "-Test");

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains("could not be tested", Assert.Single(result.Warnings));
    }

    private SandboxObject Put(string name, byte[] content)
    {
        var item = new SandboxObject("bucket", "backups/" + name, content);
        Server.Cloud.Put(item);
        return item;
    }

    private static string AssertError(RunResult result, string id, SandboxObject? item = null)
    {
        Assert.Empty(result.Output);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        if (item is not null)
            Assert.Contains(item.Key.Split('/')[^1], error.TargetObject.ToString());
        return error.Exception.Message;
    }

    private static byte[] Rdb() => [.. FormatFixtures.Get("rdb")];
}
