using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>What a removal leaves, wherever it is cut off.</summary>
public sealed class BackupRemovalTests : RetentionTest, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_catalog_knows_before_the_first_file_goes_and_when_all_are_gone_from_the_disk()
    {
        var disk = new RecordingDisk();
        SaveSchedule();

        Remove(disk, "b1");

        Assert.Equal(
            [
                "write catalog.jsonl", "flush catalog.jsonl", "delete b1.1", "delete b1.2", "rmdir 1",
                $"folder {Path.GetFileName(_folder.Path)}", "write catalog.jsonl", "flush catalog.jsonl",
            ],
            disk.CallsOf("write", "flush", "delete", "rmdir", "folder"));
    }

    [Fact]
    public void Wherever_a_removal_is_cut_off_the_catalog_is_truthful_and_the_next_one_ends_it()
    {
        SaveSchedule();
        var whole = new RecordingDisk();
        RemoveAllButTheLast(whole);
        int[] places = [.. Enumerable.Range(0, whole.Calls.Count)];
        Assert.InRange(places.Length, 50, 1000);

        foreach (int place in places)
        {
            using var folder = new TemporaryFolder();
            SaveSchedule(folder.Path);
            int calls = 0;
            var disk = new RecordingDisk { Before = _ => Cut(calls++ == place) };

            Assert.Throws<CutException>(() => RemoveAllButTheLast(disk, folder.Path));

            disk.CloseAll();
            AssertTruthful(folder.Path, $"cut before call {place}, {whole.Calls[place]}");
            RemoveAllButTheLast(Disk.Local, folder.Path);
            Assert.Equal(["4/b4", "5/b5"], FilesOf(folder.Path));
            Assert.Equal(["b4", "b5"], Known(folder.Path).Select(file => file.BackupId).Order());
            Assert.Equal(["4", "5"], FoldersOf(folder.Path));
            Assert.DoesNotContain(Catalog(folder.Path).ReadKnownFiles(), file => file.IsBeingRemoved);
        }
    }

    [Fact]
    public async Task Two_processes_that_remove_the_same_backups_lose_no_line()
    {
        foreach (int day in Enumerable.Range(1, 8))
            Day(day).Save(_folder.Path);
        using var start = new Barrier(3);

        await Task.WhenAll(Run(RemoveAllButTheLast), Run(RemoveAllButTheLast), Run(disk =>
        {
            foreach (int day in Enumerable.Range(9, 8))
                (Day(day) with { Instance = "i2" }).Save(_folder.Path);
        }));

        var catalog = Catalog();
        Assert.Equal(1 + 8, catalog.ReadKnownFiles().Count());
        Assert.Equal(0, catalog.UnreadableLines);
        Assert.All(Known(), file => Assert.Equal((FilePresence.Present, false), (file.State, file.IsBeingRemoved)));

        Task Run(Action<Disk> action) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                action(Disk.Local);
            },
            TaskCreationOptions.LongRunning);
    }

    [Fact]
    public void A_file_that_is_saved_again_is_no_longer_being_removed()
    {
        Save("b1");
        var disk = new RecordingDisk { Before = call => Cut(call == "delete b1") };
        Assert.Throws<CutException>(() => Remove(disk, "b1"));
        Assert.True(Assert.Single(Known()).IsBeingRemoved);

        Save("b1");

        Assert.False(Assert.Single(Known()).IsBeingRemoved);
    }

    [Fact]
    public void A_file_that_the_system_does_not_let_go_is_an_error_and_the_next_removal_ends_it()
    {
        Save("b1");
        var disk = new RecordingDisk
        {
            Before = call => _ = call == "delete b1" ? throw new UnauthorizedAccessException("no right") : true,
        };

        var error = Assert.Throws<BackupLinksException>(() => Remove(disk, "b1"));

        Assert.Equal(ErrorKind.FileUnavailable, error.Kind);
        Assert.Contains("b1' cannot be removed or written (no right), and the removal was not ended", error.Message);
        Assert.True(Assert.Single(Known()).IsBeingRemoved);
        Remove(Disk.Local, "b1");
        Assert.Empty(Catalog().ReadKnownFiles());
    }

    [Fact]
    public void A_removal_of_which_no_file_is_gone_is_decided_anew()
    {
        Save("b1");
        Begin("b1");

        var decision = Assert.Single(MakePlan("KeepLast 9").Decisions);

        Assert.True(decision.Keep);
        Assert.Equal(["last", "the newest full that is not known to be bad"], decision.Reasons);
    }

    [Fact]
    public void A_backup_that_stays_is_no_longer_being_removed_and_its_loss_is_told()
    {
        Save("b1");
        Begin("b1");

        Removal(Disk.Local).Withdraw(Backups().Single(), default);

        Assert.False(Assert.Single(Known()).IsBeingRemoved);
        File.Delete(_folder["b1"]);
        Assert.Equal(FilePresence.Missing, Assert.Single(Known()).State);
    }

    [Fact]
    public void A_removal_of_which_a_file_is_gone_is_ended_whatever_the_rules_say()
    {
        SaveSchedule();
        var disk = new RecordingDisk { Before = call => Cut(call == "delete b1.2") };
        Assert.Throws<CutException>(() => Remove(disk, "b1"));

        var decision = MakePlan("KeepLast 9").Decisions.Single(each => each.Backup.Id == "b1");

        Assert.Equal((false, "its removal was begun"), (decision.Keep, decision.Reasons.Single()));
    }

    [Fact]
    public void Nothing_is_removed_where_the_catalog_went_away()
    {
        Save("b1");
        var backup = Backups().Single();
        Directory.Delete(_folder[CatalogFolder.Name], recursive: true);

        var error = Assert.Throws<BackupLinksException>(() => Removal(Disk.Local).Remove(backup, default));

        Assert.Equal(ErrorKind.FileUnavailable, error.Kind);
        Assert.Equal(["b1"], FilesOf(_folder.Path));
        Assert.False(Directory.Exists(_folder[CatalogFolder.Name]));
    }

    [Theory]
    [InlineData(FilePresence.Present)]
    [InlineData(FilePresence.Missing)]
    public void A_file_that_another_process_changed_or_wrote_meanwhile_is_not_removed(string state)
    {
        (SavedFile.At("2026-01-01", "b1") with { State = state }).Save(_folder.Path);
        var backup = Backups().Single();
        File.AppendAllText(_folder["b1"], "more");

        var error = Assert.Throws<BackupLinksException>(() => Removal(Disk.Local).Remove(backup, default));

        Assert.Equal(ErrorKind.FileChanged, error.Kind);
        Assert.False(Assert.Single(Known()).IsBeingRemoved);
        Assert.True(File.Exists(_folder["b1"]));
    }

    [Fact]
    public void A_file_that_cannot_be_looked_at_is_an_error_before_anything_is_noted()
    {
        Save("b1");
        var backup = Backups().Single();

        var error = Assert.Throws<BackupLinksException>(
            () => Removal(new ClosedDisk(_folder["b1"])).Remove(backup, default));

        Assert.Equal(ErrorKind.FileUnavailable, error.Kind);
        Assert.False(Assert.Single(Known()).IsBeingRemoved);
    }

    [Fact]
    public void A_folder_with_another_file_stays()
    {
        Save("b1", "2026/01/b1");
        File.WriteAllText(_folder["2026/notes"], "x");

        Remove(Disk.Local, "b1");

        Assert.Equal(["2026/notes"], FilesOf(_folder.Path));
        Assert.False(Directory.Exists(_folder["2026/01"]));
    }

    [Fact]
    public void A_file_that_another_catalog_has_by_a_link_is_not_removed_from_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        SaveSchedule();
        using var other = new TemporaryFolder();
        string link = other["link"];
        Directory.CreateSymbolicLink(link, _folder.Path);
        BackupFile[] known = [.. Catalog().ReadKnownFiles(), .. Catalog(link).ReadKnownFiles()];
        var backup = Backups().Single(each => each.Id == "b1");
        var removal = new BackupRemoval(Disk.Local, Clock.System, known);

        var error = Assert.Throws<BackupLinksException>(() => removal.Remove(backup, default));

        Assert.Equal(ErrorKind.UnsafeFileName, error.Kind);
        Assert.Contains($"is the same file as '{Path.Combine(link, "1", "b1.1")}'", error.Message);
        Assert.Contains("1/b1.1", FilesOf(_folder.Path));
        Assert.DoesNotContain(Known(), file => file.IsBeingRemoved);
    }

    [Fact]
    public void A_file_that_has_another_name_of_its_own_is_removed_and_the_other_stays()
    {
        Save("b1");
        Save("b2");
        File.Delete(_folder["b2"]);
        Assert.Equal(0, Peers.Peer.Run(Peers.Peer.Require("ln"), _folder["b1"], _folder["b2"]).ExitCode);
        var removal = new BackupRemoval(Disk.Local, Clock.System, Known());

        removal.Remove(Backups().Single(each => each.Id == "b1"), default);

        Assert.Equal(["b2"], FilesOf(_folder.Path));
    }

    [Fact]
    public void Two_spellings_of_one_file_that_go_together_are_removed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        Save("b1");
        using var other = new TemporaryFolder();
        Directory.CreateSymbolicLink(other["link"], _folder.Path);
        BackupFile[] known = [.. Catalog().ReadKnownFiles(), .. Catalog(other["link"]).ReadKnownFiles()];

        new BackupRemoval(Disk.Local, Clock.System, known).Remove(SavedBackup.Group(known).Single(), default);

        Assert.Empty(FilesOf(_folder.Path));
        Assert.Empty(Catalog().ReadKnownFiles());
    }

    private static void Cut(bool isHere)
    {
        if (isHere)
            throw new CutException();
    }

    // Every file that the catalog has and that is not being removed is on the disk; every file on the disk is known.
    private static void AssertTruthful(string folder, string place)
    {
        var known = Known(folder);
        Assert.True(known.All(file => file.State == FilePresence.Present), $"{place}: a file is missing");
        var paths = known.Select(file => Path.GetRelativePath(folder, file.Path).Replace('\\', '/'));
        Assert.True(paths.Order(StringComparer.Ordinal).SequenceEqual(FilesOf(folder)), $"{place}: a file is unknown");
        // A full backup goes last: what hangs on it is never left alone.
        Assert.True(
            known.All(file => file.BackupId is not ("b2" or "b3")) || known.Any(file => file.BackupId == "b1"), place);
    }

    private void SaveSchedule() => SaveSchedule(_folder.Path);

    // A full backup of two files with two that hang on it, and a good one with one.
    private static void SaveSchedule(string folder)
    {
        foreach (var file in new[]
        {
            Day(1) with { FileName = "1/b1.1", Count = 2 }, Day(1) with { FileName = "1/b1.2", Count = 2 },
            Day(2).Incremental(), Day(3).Log(), Day(4).Intact(), Day(5).Log(),
        })
            file.Save(folder);
    }

    private void Save(string id, string? name = null) =>
        (SavedFile.At("2026-01-01", id) with { FileName = name }).Save(_folder.Path);

    private void Begin(string id)
    {
        var disk = new RecordingDisk { Before = call => Cut(call == $"delete {id}") };
        Assert.Throws<CutException>(() => Remove(disk, id));
    }

    private void RemoveAllButTheLast(Disk disk) => RemoveAllButTheLast(disk, _folder.Path);

    private static void RemoveAllButTheLast(Disk disk, string folder)
    {
        var plan = RetentionPlan.Create(
            SavedBackup.Group(Catalog(folder).ReadKnownFiles()), file => file.InstanceId == "i1",
            new RetentionSettings(Rules("KeepLast 1"), FarLater, TimeZoneInfo.Utc));
        foreach (var backup in plan.Removals.SelectMany(removal => removal))
            Removal(disk).Remove(backup, default);
    }

    private void Remove(Disk disk, string id) =>
        Removal(disk).Remove(Backups().Single(backup => backup.Id == id), default);

    private RetentionPlan MakePlan(string rules) => RetentionPlan.Create(
        Backups(), _ => true, new RetentionSettings(Rules($"{rules}"), FarLater, TimeZoneInfo.Utc));

    private IReadOnlyList<SavedBackup> Backups() => SavedBackup.Group(Catalog().ReadKnownFiles());

    private BackupFile[] Known() => Known(_folder.Path);

    private static BackupFile[] Known(string folder) => [.. Catalog(folder).ReadFiles()];

    private BackupCatalog Catalog() => Catalog(_folder.Path);

    private static BackupCatalog Catalog(string folder) => BackupCatalog.Find(folder).Single();

    private static BackupRemoval Removal(Disk disk) => new(disk, Clock.System);

    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith(CatalogFolder.Name, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static string[] FoldersOf(string folder) =>
        [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path))
            .Where(name => name != CatalogFolder.Name).Order(StringComparer.Ordinal)];

    private static SavedFile Day(int day) => new($"b{day}", SavedFile.Parse("2026-01-01").AddDays(day - 1))
    {
        FileName = $"{day}/b{day}",
    };

    private sealed class CutException : Exception;

    private sealed class ClosedDisk(string closed) : Disk
    {
        public override FileStatus? Look(string path) =>
            path == closed ? throw new UnauthorizedAccessException() : base.Look(path);
    }
}
