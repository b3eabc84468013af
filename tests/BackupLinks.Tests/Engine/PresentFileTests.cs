using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Files;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>Files that are there before a download of the same object.</summary>
public sealed class PresentFileTests : SaveTest
{
    private const string Multipart = "\"0123456789abcdef0123456789abcdef-4\"";

    private string Target => Path.Combine(Folder, "dump.rdb");

    private string Catalog => Path.Combine(Folder, ".backuplinks", "catalog.jsonl");

    [Theory]
    [InlineData(-1)]
    [InlineData(-86400)]
    public void A_file_that_was_saved_from_the_same_object_is_known_by_its_hash_whatever_its_time(int seconds)
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        SaveOne(Row(item));
        Move(seconds);

        var again = Save(Row(item));

        Assert.Equal(SaveStatus.AlreadyPresent, again.Single<SavedBackupFile>().Status);
        Assert.Empty(again.Warnings);
    }

    [Fact]
    public void A_file_that_was_saved_and_changed_since_is_not_known()
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        SaveOne(Row(item));
        Spoil(100_000);

        Save(Row(item)).SingleError("FileExists");
    }

    [Fact]
    public void A_file_that_was_saved_from_an_object_that_was_replaced_since_is_not_known()
    {
        Fault(new ObjectFault { ETag = Multipart }, count: 1);
        SaveOne(Row(Put("dump.rdb", 300_000)));
        Server.Faults.Clear();
        Fault(new ObjectFault { ETag = "\"another-4\"" });

        Save(Row(Put("dump.rdb", 300_000, version: 2))).SingleError("FileExists");
    }

    [Fact]
    public void Without_a_note_a_file_that_looks_the_same_is_there_and_a_warning_says_how_to_be_sure()
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        SaveOne(Row(item));
        File.Delete(Catalog);
        Move(-2);

        var again = Save(Row(item));

        Assert.Equal(SaveStatus.AlreadyPresent, again.Single<SavedBackupFile>().Status);
        string warning = Assert.Single(again.Warnings);
        Assert.Contains("looks the same", warning);
        Assert.Contains("-ExpectedHash", warning);
        Assert.Empty(Save(Row(item), $"-ExpectedHash {item.Sha256}").Warnings);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(86400)]
    public void Without_a_note_a_file_of_another_time_is_a_stranger(int seconds)
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        SaveOne(Row(item));
        File.Delete(Catalog);
        Move(seconds);

        Save(Row(item)).SingleError("FileExists");
        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(Row(item), $"-ExpectedHash {item.Sha256}").Status);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(150_100)]
    [InlineData(299_990)]
    public void Without_a_note_a_file_with_another_beginning_middle_or_end_is_a_stranger(int place)
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        var time = File.GetLastWriteTimeUtc(SaveOne(Row(item)).Path);
        File.Delete(Catalog);
        Spoil(place);
        File.SetLastWriteTimeUtc(Target, time);

        Save(Row(item)).SingleError("FileExists");
    }

    [Fact]
    public void The_catalog_holds_no_part_of_a_link_that_opens_anything()
    {
        var item = Put("dump.rdb", 100);
        var saved = SaveOne(Row(item));

        string line = Assert.Single(File.ReadAllLines(Catalog));

        Assert.Contains(item.Sha256, line);
        Assert.DoesNotContain(saved.Source, line);
        Assert.DoesNotContain("http", line);
        Assert.DoesNotContain("?", line);
        Assert.DoesNotContain("Signature", line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_file_is_saved_also_where_the_catalog_cannot_be_which_is_an_error_of_its_link()
    {
        var items = new[] { Put("dump.rdb", 100), Put("other.rdb", 200) };
        Directory.CreateDirectory(Folder);
        string place = Path.Combine(Folder, ".backuplinks");
        File.WriteAllText(place, "a file");

        var bad = Save(items.Select(item => Row(item)).ToArray());
        File.Delete(place);
        var good = Save(items.Select(item => Row(item)).ToArray());

        Assert.Equal(
            ["dump.rdb", "other.rdb"],
            bad.Output.Select(file => ((SavedBackupFile)file.BaseObject).Name).Order(StringComparer.Ordinal));
        Assert.All(
            bad.Output.Select(file => (SavedBackupFile)file.BaseObject),
            saved => AssertSaved(
                Assert.Single(items, item => item.Key.EndsWith("/" + saved.Name, StringComparison.Ordinal)), saved));
        Assert.Equal(2, bad.Errors.Count);
        Assert.All(bad.Errors, error =>
        {
            Assert.StartsWith("CatalogUnavailable,", error.FullyQualifiedErrorId);
            Assert.Contains("is saved, but not in the catalog", error.Exception.Message);
            object name = PSObject.AsPSObject(error.TargetObject).Properties["FileName"].Value;
            Assert.StartsWith($"'{Path.Combine(Folder, (string)name)}'", error.Exception.Message);
        });
        Assert.Empty(good.Errors);
        Assert.Equal(2, File.ReadAllLines(Catalog).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void A_pipe_of_the_name_is_an_error_and_nothing_waits_for_it(string arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        Directory.CreateDirectory(Folder);
        Peers.Peer.Run(Peers.Peer.Require("mkfifo"), Target);

        var error = Save(Row(Put("dump.rdb", 100)), arguments).SingleError("UnsafeFileName");

        Assert.Contains("named pipe", error.Exception.Message);
        Assert.Equal([Target], Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public void Force_replaces_a_name_and_never_writes_through_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        var item = Put("dump.rdb", 100);
        Directory.CreateDirectory(Folder);
        string victim = Path.Combine(Folder, "victim");
        File.WriteAllText(victim, "precious");
        foreach (string suffix in new[] { "", ".partial", ".partial.json" })
            Peers.Peer.Run(Peers.Peer.Require("ln"), victim, Target + suffix);

        AssertSaved(item, SaveOne(Row(item), "-Force"));

        Assert.Equal("precious", File.ReadAllText(victim));
    }

    // A store whose tag is not an MD5, and bytes that the disk spoilt behind the claims.
    [Fact]
    public void Bytes_that_were_spoilt_since_they_came_are_downloaded_again_with_a_warning()
    {
        var item = Put("dump.rdb", 3 * Segment);
        LeavePartial(item, Multipart, Segment, spoil: 5_000_000);
        Fault(new ObjectFault { ETag = Multipart });

        var result = Save(Row(item));

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Equal(0, result.Single<SavedBackupFile>().BytesResumed);
        Assert.Contains("8388608 bytes", Assert.Single(result.Warnings));
    }

    [Fact]
    public void Of_several_ranges_the_one_that_was_spoilt_is_downloaded_again_and_the_others_are_not()
    {
        var item = Put("dump.rdb", 3 * Segment);
        LeavePartial(item, Multipart, Segment, spoil: 5_000_000, gap: 1000);
        Fault(new ObjectFault { ETag = Multipart });

        var result = Save(Row(item));

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Equal(Segment, result.Single<SavedBackupFile>().BytesResumed);
    }

    // The claims are of other bytes, and say so in themselves: only the hash of the whole tells.
    [Fact]
    public void A_resumed_file_with_a_wrong_hash_is_begun_again_once()
    {
        var item = Put("dump.rdb", 3 * Segment);
        LeavePartial(item, item.ETag, Segment, spoil: null, isOther: true);

        var result = Save(Row(item), "-SegmentCount 1");

        AssertSaved(item, result.Single<SavedBackupFile>());
        // A second reading has told that it is the bytes, and not the tag.
        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("is downloaded from its beginning", result.Warnings[1]);
    }

    [Fact]
    public void A_file_of_an_object_that_does_not_have_the_expected_hash_is_begun_again_once_and_no_more()
    {
        var item = Put("dump.rdb", 3 * Segment);
        LeavePartial(item, item.ETag, Segment, spoil: null);
        long sent = Server.ObjectBytesSent;

        Save(Row(item), $"-ExpectedHash {new string('0', 64)}").SingleError("HashMismatch");

        Assert.Equal(item.Length + item.Length - Segment, Server.ObjectBytesSent - sent);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    // As an earlier run leaves it: claims of one or two ranges.
    private void LeavePartial(
        SandboxObject item, string etag, int length, int? spoil, int gap = 0, bool isOther = false)
    {
        Directory.CreateDirectory(Folder);
        byte[] bytes = new byte[2 * length + gap];
        item.Read(0, bytes);
        if (isOther)
            bytes[length / 2] ^= 1;
        CheckedRange[] done = gap == 0 ? [Sum(0, length)] : [Sum(0, length), Sum(length + gap, (2 * length) + gap)];
        string address = Server.Presign(item).GetLeftPart(UriPartial.Path);
        File.WriteAllBytes(
            Target + ".partial.json",
            new PartialRecord(new ObjectIdentity(address, etag, item.Length), done, [], null).ToLine(1));
        if (spoil is { } place)
            bytes[place] ^= 1;
        File.WriteAllBytes(Target + ".partial", gap == 0 ? bytes[..length] : bytes);

        CheckedRange Sum(int start, int end) =>
            new(start, end, CheckedRange.Append(0, bytes.AsSpan(start, end - start)));
    }

    private void Move(int seconds) =>
        File.SetLastWriteTimeUtc(Target, File.GetLastWriteTimeUtc(Target).AddSeconds(seconds));

    private void Spoil(long place)
    {
        using var file = new FileStream(Target, FileMode.Open);
        file.Position = place;
        int value = file.ReadByte();
        file.Position = place;
        file.WriteByte((byte)(value ^ 1));
    }
}
