using System;
using System.IO;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Formats;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>The catalog recognises a file while everything that it says of the object is true.</summary>
public sealed class CataloguedFileTests : TransferTest
{
    private static readonly DateTimeOffset Stored = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

    public CataloguedFileTests()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = "\"abc-2\"";
        Store.LastModified = Stored;
    }

    private string CatalogPath => Path.Combine(Folder, ".backuplinks", "catalog.jsonl");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_was_saved_before_is_there_without_a_doubt(bool hasTag)
    {
        Store.Tag = hasTag ? Store.Tag : null;

        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveTwiceAsync()).Status);

        Assert.Empty(Warnings);
        Assert.Equal(Stored.UtcDateTime, File.GetLastWriteTimeUtc(FilePath));
        // What it says already is not noted once more.
        Assert.Single(File.ReadAllLines(CatalogPath));
    }

    [Theory]
    [InlineData("abc-2", "abc-3")]
    [InlineData("\"size\":300000", "\"size\":300001")]
    [InlineData("\"object\":\"", "\"object\":\"0")]
    public async Task A_line_of_the_catalog_about_another_object_leaves_a_doubt(string known, string other)
    {
        await SaveTwiceAsync(() =>
        {
            string line = File.ReadAllText(CatalogPath);
            Assert.Contains(known, line);
            File.WriteAllText(CatalogPath, line.Replace(known, other));
        });

        Assert.Contains("looks the same", Assert.Single(Warnings));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Without_a_tag_the_object_must_be_of_the_same_second(int seconds)
    {
        Store.Tag = null;

        await SaveTwiceAsync(() => Store.LastModified = Stored.AddSeconds(seconds));

        Assert.Contains("looks the same", Assert.Single(Warnings));
    }

    [Fact]
    public async Task Without_a_tag_and_a_time_the_catalog_proves_nothing()
    {
        Store.Tag = null;
        Store.LastModified = null;

        await SaveTwiceAsync();

        Assert.Contains("looks the same", Assert.Single(Warnings));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(-2, true)]
    [InlineData(3, false)]
    [InlineData(-3, false)]
    public async Task A_time_may_be_rounded_as_FAT_does_it(int seconds, bool isSame)
    {
        var error = await Record.ExceptionAsync(() => SaveTwiceAsync(() =>
        {
            File.Delete(CatalogPath);
            File.SetLastWriteTimeUtc(FilePath, Stored.UtcDateTime.AddSeconds(seconds));
        }));

        Assert.Equal(isSame ? null : ErrorKind.FileExists, (error as BackupLinksException)?.Kind);
    }

    [Fact]
    public async Task A_tag_that_an_earlier_run_proved_not_to_be_an_MD5_is_no_difference()
    {
        Settings = Settings with { IgnoreEntityTag = true };
        Store.Tag = $"\"{new string('0', 32)}\"";

        Assert.Equal(
            SaveStatus.AlreadyPresent,
            (await SaveTwiceAsync(() => Settings = Settings with { IgnoreEntityTag = false })).Status);

        Assert.DoesNotContain(Warnings, warning => warning.Contains("looks the same"));
    }

    [Theory]
    [InlineData("i", "b", FilePresence.Changed, BackupFileState.Damaged)]
    [InlineData("i", "another", FilePresence.Present, null)]
    [InlineData("another", "b", FilePresence.Present, null)]
    public async Task A_file_that_was_found_changed_is_noted_where_it_is_of_the_same_backup(
        string instanceId, string backupId, string state, string? tested)
    {
        Source = Source with { Ids = new SourceIds("i", "b", null) };

        var error = await Record.ExceptionAsync(() => SaveTwiceAsync(() =>
        {
            byte[] content = File.ReadAllBytes(FilePath);
            content[100_000] ^= 1;
            File.WriteAllBytes(FilePath, content);
            Source = Source with { Ids = new SourceIds(instanceId, backupId, null) };
        }));

        Assert.Equal(ErrorKind.FileExists, (error as BackupLinksException)?.Kind);
        var file = Assert.Single(Assert.Single(BackupCatalog.Find(Folder)).ReadFiles());
        Assert.Equal((state, tested), (file.State, file.TestState));
        Assert.Equal(tested is null ? null : "changed since it was saved", file.Problem);
    }

    [Fact]
    public async Task A_file_whose_removal_was_begun_and_that_is_found_again_is_no_longer_being_removed()
    {
        var catalog = new CatalogFile(Folder, Disk);

        await SaveTwiceAsync(() => catalog.AddAsync(
            new RemovalEvent { Path = "dump.rdb", Word = RemovalEvent.Begun, Time = Stored }, Clock.System, default)
            .GetAwaiter().GetResult());

        Assert.False(Assert.Single(Assert.Single(BackupCatalog.Find(Folder)).ReadKnownFiles()).IsBeingRemoved);
    }

    [Fact]
    public async Task Two_sizes_are_named_when_they_differ()
    {
        await SaveAsync();
        Store.Content = Bytes(300_001);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("has 300000 bytes, and the backup 300001", error.Message);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task A_file_that_was_saved_from_a_body_without_its_length_is_there(bool isCoded, bool hasLength)
    {
        SendWhole(isCoded, hasLength);

        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveTwiceAsync()).Status);

        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_length_a_file_of_another_content_is_another_file(bool isCoded)
    {
        SendWhole(isCoded, hasLength: false);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(() => SaveTwiceAsync(() =>
        {
            File.Delete(CatalogPath);
            byte[] content = File.ReadAllBytes(FilePath);
            content[1000] ^= 1;
            File.WriteAllBytes(FilePath, content);
        }));

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("an unknown number, and is not known to be the same backup", error.Message);
    }

    // As a proxy does that compresses on the way, or does not know the length.
    private void SendWhole(bool isCoded, bool hasLength)
    {
        Store.IgnoresRanges = true;
        Store.HasNoLength = !hasLength;
        Store.Tag = null;
        if (!isCoded)
            return;
        (Store.Content, Store.Codings) = (Compressed.Gzip(new byte[300_000]), ["gzip"]);
    }

    private async Task<SavedBackupFile> SaveTwiceAsync(Action? between = null)
    {
        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);
        Warnings.Clear();
        between?.Invoke();
        return await SaveAsync();
    }
}
