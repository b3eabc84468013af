using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Catalog;

public sealed class CatalogFileTests : IDisposable
{
    private static readonly CatalogEntry Entry = new()
    {
        Path = "dump.rdb",
        Size = 100,
        Sha256 = new string('a', 64),
        Object = CatalogEntry.Identify("https://host/b/dump.rdb"),
        ETag = "\"tag-2\"",
        LastModified = new DateTimeOffset(2026, 1, 15, 3, 0, 1, TimeSpan.Zero),
        SavedAt = new DateTimeOffset(2026, 1, 15, 3, 0, 2, TimeSpan.Zero),
    };

    private readonly TemporaryFolder _folder = new();

    private string CatalogPath => _folder[Path.Combine(".backuplinks", "catalog.jsonl")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_added_is_found_by_its_object_and_by_its_path_in_this_run_and_the_next()
    {
        var catalog = Open();
        Assert.Empty(await FindAsync(catalog));
        var other = Entry with
        {
            Path = "2026-01-15/other.rdb", Object = CatalogEntry.Identify("https://host/b/other"), ETag = null,
            LastModified = null, FileCount = 3, Engine = "MySQL",
        };

        await AddAsync(catalog, Entry);
        await AddAsync(catalog, other);

        foreach (var reader in new[] { catalog, Open() })
        {
            Assert.Equal([Entry], await FindAsync(reader));
            Assert.Equal([other], await FindAsync(reader, other.Object));
            Assert.Equal(other, await FindFileAsync(reader, "2026-01-15", "other.rdb"));
            Assert.Equal(OperatingSystem.IsWindows() ? Entry : null, await FindFileAsync(reader, "DUMP.RDB"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8_000)]
    [InlineData(9_000)]
    [InlineData(300_000)]
    public async Task A_line_is_found_however_long_it_is(int spaces)
    {
        await AddAsync(Open(), Entry);
        string line = await File.ReadAllTextAsync(CatalogPath, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            CatalogPath, line.Insert(1, new string(' ', spaces)), TestContext.Current.CancellationToken);
        await AddAsync(Open(), Entry with { Path = "other.rdb" });

        Assert.Equal(Entry, await FindFileAsync(Open(), "dump.rdb"));
    }

    [Fact]
    public async Task Lines_that_another_process_adds_meanwhile_are_found_and_so_is_a_catalog_that_begins_anew()
    {
        var catalog = Open();
        await AddAsync(catalog, Entry);
        Assert.Single(await FindAsync(catalog));

        await AddAsync(Open(), Entry with { Size = 7 });
        Assert.Equal([7, 100], (await FindAsync(catalog)).Select(entry => entry.Size));

        File.Delete(CatalogPath);
        Assert.Empty(await FindAsync(catalog));
        await AddAsync(Open(), Entry with { Size = 8 });
        Assert.Equal(8, Assert.Single(await FindAsync(catalog)).Size);
    }

    [Fact]
    public async Task Of_several_lines_for_a_path_the_last_holds_and_none_once_its_removal_was_begun()
    {
        var catalog = Open();
        var removal = new RemovalEvent { Path = Entry.Path, Word = RemovalEvent.Done, Time = Entry.SavedAt };

        await AddAsync(catalog, Entry);
        await AddAsync(catalog, Entry with { Size = 7 });
        Assert.Equal(7, (await FindFileAsync(catalog, "dump.rdb"))?.Size);

        await AddAsync(catalog, removal with { Word = RemovalEvent.Begun });
        Assert.Null(await FindFileAsync(catalog, "dump.rdb"));
        await AddAsync(catalog, removal);
        Assert.Null(await FindFileAsync(catalog, "dump.rdb"));

        await AddAsync(catalog, Entry);
        Assert.NotNull(await FindFileAsync(catalog, "dump.rdb"));
    }

    [Fact]
    public async Task Several_writers_at_once_lose_no_line()
    {
        CatalogFile[] writers = [Open(), Open(), Open()];
        var clock = new ManualClock(advanceByItself: true);

        // A clock on which every wait is over at once, so with more attempts than one writer may have.
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            while (true)
            {
                try
                {
                    await writers[i % 3].AddAsync(Entry with { Size = i }, clock, CancellationToken.None);
                    return;
                }
                catch (BackupLinksException e) when (e.Kind == ErrorKind.FileInUse)
                {
                    await Task.Yield();
                }
            }
        })));

        Assert.Equal(
            Enumerable.Range(0, 60).Select(i => (long)i),
            (await FindAsync(Open())).Select(entry => entry.Size).Order());
    }

    [Fact]
    public async Task A_line_that_was_torn_is_skipped_and_the_next_one_is_whole()
    {
        await AddAsync(Open(), Entry);
        byte[] whole = File.ReadAllBytes(CatalogPath);
        File.WriteAllBytes(CatalogPath, [.. whole, .. whole[..40]]);

        await AddAsync(Open(), Entry with { Size = 7 });

        Assert.Equal([7, 100], (await FindAsync(Open())).Select(entry => entry.Size));
        Assert.Equal(3, File.ReadAllLines(CatalogPath).Length);
    }

    [Fact]
    public async Task Lines_of_older_and_newer_versions_are_read_and_lines_without_what_is_needed_are_not()
    {
        const string Source = "\"source\":\"https://host/b/dump.rdb\"";
        Directory.CreateDirectory(_folder[".backuplinks"]);
        File.WriteAllLines(CatalogPath,
        [
            $$"""{"v":2,"path":"dump.rdb","size":1,"sha256":"aa",{{Source}},"tested":{"ok":true},"event":"saved"}""",
            $$"""{"v":1,"path":"dump.rdb","size":"many","sha256":"aa",{{Source}}}""",
            $$"""{"v":1,"path":"dump.rdb","sha256":"aa",{{Source}}}""",
            $$"""{"path":"dump.rdb","size":1,"sha256":"aa",{{Source}}}""",
            $$"""{"v":1,"event":"praised","path":"dump.rdb","size":1,"sha256":"aa",{{Source}}}""",
            """[]""",
            "\0\0\0\0",
            $$"""{"v":1,"path":"dump.rdb","size":2,"sha256":null,{{Source}}}""",
        ]);

        Assert.Equal(1, (await FindAsync(Open())).Single().Size);
    }

    [Fact]
    public async Task The_catalog_is_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Assert.SkipUnless(
            Engine.ModuleHost.ModuleFramework == "net8.0",
            "The older framework knows no file modes; it is for Windows only.");

        await AddAsync(Open(), Entry);

        const UnixFileMode Others = (UnixFileMode)0b000_111_111;
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(CatalogPath) & Others);
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder[".backuplinks"]) & Others);
        }
    }

    [Fact]
    public async Task A_line_is_on_the_disk_before_the_file_is_reported_and_so_are_the_names_of_a_new_catalog()
    {
        var disk = new RecordingDisk();
        var catalog = new CatalogFile(_folder.Path, disk);

        await AddAsync(catalog, Entry);
        await AddAsync(catalog, Entry);

        string[] line = ["write catalog.jsonl", "flush catalog.jsonl"];
        Assert.Equal(
            [.. line, "folder .backuplinks", $"folder {Path.GetFileName(_folder.Path)}", .. line],
            disk.CallsOf("write", "flush", "folder"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_catalog_whose_volume_went_away_is_not_made_anew_in_the_mount_point(bool isFound)
    {
        if (isFound)
            Directory.CreateDirectory(_folder[".backuplinks"]);
        var catalog = new CatalogFile(_folder.Path, Disk.Local, isFound);
        if (!isFound)
            await AddAsync(catalog, Entry);
        Directory.Delete(_folder[".backuplinks"], recursive: true);

        var error = await Assert.ThrowsAsync<IOException>(() => AddAsync(catalog, Entry));

        Assert.Contains("is no longer there", error.Message);
        Assert.False(Directory.Exists(_folder[".backuplinks"]));
        Assert.Equal(
            ErrorKind.DestinationUnavailable, Assert.Throws<BackupLinksException>(catalog.RequireHome).Kind);
    }

    [Fact]
    public async Task A_catalog_of_another_volume_in_the_same_place_is_not_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test changes the device of Unix.");
        var disk = new SwappedDisk();
        var catalog = new CatalogFile(_folder.Path, disk);
        await AddAsync(catalog, Entry);
        disk.IsSwapped = true;

        var error = await Assert.ThrowsAsync<IOException>(() => AddAsync(catalog, Entry));

        Assert.Contains("is on another volume now", error.Message);
        Assert.Single(File.ReadAllLines(CatalogPath));
    }

    [Theory]
    [InlineData("folder is a link")]
    [InlineData("file is a link")]
    [InlineData("file has two names")]
    public async Task A_catalog_that_leads_elsewhere_is_not_written(string trap)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Links are made with ln.");
        string outside = Directory.CreateDirectory(_folder["outside"]).FullName;
        string victim = Path.Combine(outside, "catalog.jsonl");
        File.WriteAllText(victim, "precious\n");
        if (trap == "folder is a link")
        {
            File.CreateSymbolicLink(_folder[".backuplinks"], outside);
        }
        else
        {
            Directory.CreateDirectory(_folder[".backuplinks"]);
            Peers.Peer.Run(
                Peers.Peer.Require("ln"), [.. trap == "file is a link" ? new[] { "-s" } : [], victim, CatalogPath]);
        }

        var error = await Record.ExceptionAsync(() => AddAsync(Open(), Entry));

        Assert.True(error is IOException or BackupLinksException, error?.ToString());
        Assert.Equal("precious\n", File.ReadAllText(victim));
    }

    [Fact]
    public async Task Another_process_that_holds_the_catalog_is_waited_for()
    {
        await AddAsync(Open(), Entry);
        var other = new FileStream(CatalogPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var clock = new ManualClock();
        var adding = Open().AddAsync(Entry with { Size = 7 }, clock, CancellationToken.None);
        Assert.NotEmpty(clock.Delays);

        other.Dispose();
        clock.Advance(TimeSpan.FromSeconds(1));
        await adding.WaitAsync(TestTimeout.Hang);

        Assert.Equal(2, (await FindAsync(Open())).Count);
    }

    [Fact]
    public async Task Two_files_of_one_run_do_not_wait_for_each_other_as_for_another_process()
    {
        var disk = new RecordingDisk();
        var clock = new ManualClock();
        var catalog = new CatalogFile(_folder.Path, disk);
        Task? second = null;
        disk.Before = call =>
        {
            if (call.StartsWith("write", StringComparison.Ordinal))
                second ??= catalog.AddAsync(Entry with { Size = 7 }, clock, CancellationToken.None);
        };

        await catalog.AddAsync(Entry, clock, CancellationToken.None).WaitAsync(TestTimeout.Hang);
        await second!.WaitAsync(TestTimeout.Hang);

        Assert.Empty(clock.Delays);
        Assert.Equal([7, 100], (await FindAsync(catalog)).Select(entry => entry.Size));
    }

    [Fact]
    public async Task Another_process_that_keeps_the_catalog_is_waited_for_five_seconds()
    {
        await AddAsync(Open(), Entry);
        using var other = new FileStream(CatalogPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var clock = new ManualClock(advanceByItself: true);

        var error = await Assert.ThrowsAsync<BackupLinksException>(
            () => Open().AddAsync(Entry, clock, CancellationToken.None).WaitAsync(TestTimeout.Hang));

        Assert.Equal(ErrorKind.FileInUse, error.Kind);
        Assert.InRange(clock.GetElapsed().TotalSeconds, 4.5, 5);
    }

    [Fact]
    public async Task A_catalog_that_cannot_be_read_knows_no_file()
    {
        await AddAsync(Open(), Entry);
        var catalog = new CatalogFile(_folder.Path, new DiskThatFails());

        Assert.Empty(await FindAsync(catalog));
        Assert.Empty(await FindAsync(catalog));
    }

    [Theory]
    [InlineData(4711u, false)]
    [InlineData(0u, true)]
    public async Task Only_a_catalog_of_this_user_of_the_folders_owner_or_of_the_administrator_is_believed(
        uint owner, bool isBelieved)
    {
        await AddAsync(Open(), Entry);

        var found = await FindAsync(new CatalogFile(_folder.Path, new DiskOfUsers(owner, 1000)));

        Assert.Equal(isBelieved, found.Count == 1);
        Assert.Single(await FindAsync(new CatalogFile(_folder.Path, new DiskOfUsers(owner, owner))));
    }

    [Fact]
    public async Task A_share_that_refuses_the_hidden_attribute_takes_the_first_line_all_the_same()
    {
        var disk = new RecordingDisk
        {
            Before = call => _ = call == $"hide {CatalogFolder.Name}" ? throw new UnauthorizedAccessException("no") : 0,
        };

        await AddAsync(new CatalogFile(_folder.Path, disk), Entry);

        Assert.Single(disk.CallsOf("hide"));
        Assert.Single(await FindAsync(Open()));
    }

    [Fact]
    public async Task The_folder_of_a_new_catalog_is_hidden_on_Windows()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "A dot hides it on the other systems.");

        await AddAsync(Open(), Entry);

        Assert.True(File.GetAttributes(_folder[CatalogFolder.Name]).HasFlag(FileAttributes.Hidden));
    }

    private static Task AddAsync(CatalogFile catalog, CatalogEvent entry) =>
        catalog.AddAsync(entry, Clock.System, CancellationToken.None).WaitAsync(TestTimeout.Hang);

    private static Task<IReadOnlyList<CatalogEntry>> FindAsync(CatalogFile catalog, string? identity = null) =>
        catalog.FindAsync(identity ?? Entry.Object!, Clock.System, CancellationToken.None).WaitAsync(TestTimeout.Hang);

    private Task<CatalogEntry?> FindFileAsync(CatalogFile catalog, params string[] path) =>
        catalog.FindFileAsync(_folder[Path.Combine(path)], Clock.System, CancellationToken.None)
            .WaitAsync(TestTimeout.Hang);

    private CatalogFile Open() => new(_folder.Path, Disk.Local);

    // The catalog is another user's.
    private sealed class DiskOfUsers(uint ofCatalog, uint ofFolder) : Disk
    {
        public override FileStatus? Look(string path) => base.Look(path) is not { } status ? null
            : status.Type == FileType.Folder ? status with { Owner = ofFolder }
            : status with { Owner = ofCatalog, IsOwn = false };
    }

    private sealed class SwappedDisk : Disk
    {
        public bool IsSwapped { get; set; }

        public override FileStatus? Look(string path) =>
            base.Look(path) is { Identity: { } id } status && IsSwapped
                ? status with { Identity = id with { Device = id.Device + 1 } } : base.Look(path);
    }

    private sealed class DiskThatFails : Disk
    {
        public override FileStatus? Look(string path) => throw new IOException("the disk failed", 5);
    }
}
