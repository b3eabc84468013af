using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A file that is there and is not what was saved, or not what the store has.</summary>
public sealed class ChangedFileTests : TransferTest
{
    // No sample of the store's bytes is taken here.
    private const int Unseen = 100_000;

    public ChangedFileTests()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = "\"abc-2\"";
        Store.LastModified = new DateTimeOffset(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);
    }

    [Theory]
    [InlineData("\"abc-2\"")]
    [InlineData("W/\"abc\"")]
    [InlineData(null)]
    public async Task A_byte_that_has_changed_since_is_never_taken_for_what_was_saved(string? tag)
    {
        Store.Tag = tag;
        string sha256 = (await SaveAsync()).Sha256;
        Spoil(Unseen);

        // The second time, the catalog has the change already.
        for (int run = 0; run < 2; run++)
        {
            var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);
            Assert.Equal(ErrorKind.FileExists, error.Kind);
            Assert.Equal(
                $"'{FilePath}' has changed since it was saved from the same object; pass -Force to download it again.",
                error.Message);
        }

        var file = Assert.Single(Assert.Single(BackupCatalog.Find(Folder)).ReadFiles());
        Assert.Equal((FilePresence.Changed, sha256), (file.State, file.Sha256));
        Assert.Empty(Warnings);

        Settings = Settings with { Force = true };
        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);
        AssertWhole();
    }

    [Theory]
    [InlineData("W/\"a\"", "W/\"b\"", false)]
    [InlineData(null, null, false)]
    [InlineData(null, null, true)]
    public async Task Without_a_strong_tag_an_object_of_the_same_size_and_second_is_told_by_its_first_bytes(
        string? tag, string? later, bool isWhole)
    {
        Store.Tag = tag;
        Store.IgnoresRanges = isWhole;
        byte[] first = Store.Content;
        await SaveAsync();
        (Store.Tag, Store.Content) = (later, Bytes(300_000, seed: 2));

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Equal(first, Saved);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_connection_that_breaks_among_the_first_bytes_makes_no_difference(int bytes)
    {
        Store.Tag = null;
        await SaveAsync();
        Store.CutAfter = bytes;

        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);

        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task A_file_without_a_byte_is_not_the_backup_of_a_store_that_returns_no_part()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(FilePath, []);
        Store.Instead = (_, request) => request.Headers.Range is null ? null : FakeStore.Refuse(416);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("has 0 bytes, and the backup 300000", error.Message);

        Store.Content = [];
        Source = Source with { Size = 0 };
        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);
    }

    [Fact]
    public async Task With_force_an_object_replaces_its_own_file_and_not_the_only_copy_of_another_one_of_its_name()
    {
        byte[] one = Store.Content;
        var context = CreateContext();
        await SaveInAsync(context);
        Source = Source with { Uri = new Uri(Address.Replace("/bucket/", "/other/")) };
        Store.Content = Bytes(200_000, seed: 2);
        string own = (await SaveInAsync(context)).Path;
        Assert.NotEqual(FilePath, own);

        Store.Content = Bytes(200_000, seed: 3);
        Settings = Settings with { Force = true };
        var saved = await SaveAsync();

        Assert.Equal((own, SaveStatus.Saved), (saved.Path, saved.Status));
        Assert.Equal(Store.Content, File.ReadAllBytes(own));
        Assert.Equal(one, Saved);
    }

    // Yesterday's file of another address is what -Force is for.
    [Fact]
    public async Task With_force_an_object_that_has_no_file_yet_replaces_that_of_its_name()
    {
        await SaveAsync();
        Source = Source with { Uri = new Uri(Address.Replace("/bucket/", "/other/")) };
        Store.Content = Bytes(200_000, seed: 2);
        Settings = Settings with { Force = true };

        Assert.Equal(FilePath, (await SaveAsync()).Path);

        AssertWhole();
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("dump.rdb", null, true)]
    [InlineData("dump.log", null, false)]
    [InlineData("dump.sql", null, false)]
    [InlineData("dump.rdb", "log-1", false)]
    public async Task Text_in_the_place_of_a_backup_is_saved_and_told(string name, string? logId, bool isTold)
    {
        Store.Content = "Access Denied\n"u8.ToArray();
        Source = Source with { FileName = name, Ids = new SourceIds("i", null, logId) };
        Settings = Settings with { Test = true };

        await SaveAsync();

        AssertWhole();
        const string Warning =
            "'dump.rdb' is saved, and is plain text, which may be a message in its place; look into it.";
        Assert.Equal(isTold ? [Warning] : [], Warnings);
    }

    // From the second part on, so that only its own headers tell.
    [Theory]
    [InlineData("multipart")]
    [InlineData("two ranges")]
    [InlineData("two tags")]
    public async Task A_part_whose_headers_contradict_each_other_is_not_joined(string contradiction)
    {
        Store.Content = Bytes((int)(2 * Download.SegmentLength) + 77);
        Store.Change = (number, response) =>
        {
            if (number == 1 || response.StatusCode != HttpStatusCode.PartialContent)
                return;
            var content = response.Content.Headers;
            if (contradiction == "multipart")
            {
                content.ContentType = MediaTypeHeaderValue.Parse("multipart/byteranges; boundary=b");
            }
            else if (contradiction == "two ranges")
            {
                string range = content.ContentRange!.ToString();
                content.Remove("Content-Range");
                content.TryAddWithoutValidation("Content-Range", range);
                content.TryAddWithoutValidation("Content-Range", "bytes 0-9/16777293");
            }
            else
            {
                response.Headers.TryAddWithoutValidation("ETag", "\"another\"");
            }
        };

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
        Assert.Equal("all", Store.Requests.Last());
    }

    private void Spoil(int at)
    {
        var time = File.GetLastWriteTimeUtc(FilePath);
        byte[] content = File.ReadAllBytes(FilePath);
        content[at] ^= 1;
        File.WriteAllBytes(FilePath, content);
        File.SetLastWriteTimeUtc(FilePath, time);
    }
}
