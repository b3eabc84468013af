using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Shims;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Catalog and disk together.</summary>
public sealed class BackupCatalogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_has_all_that_was_noted_when_it_was_saved()
    {
        var entry = Entry("2026-01-15/dump.rdb") with
        {
            Cloud = "HuaweiCloud", Service = "HuaweiCloud.Dcs", Region = "cn-north-4", InstanceId = "i",
            Engine = "Redis", InstanceName = "Bestellungen \"Süd\" 订单", BackupId = "b", LogId = "l",
            Kind = BackupKind.Full, Type = "manual", BackupTime = Noon.AddHours(-2), EndTime = Noon.AddHours(-1),
            FileCount = 2, TestState = BackupFileState.Intact, TestedAt = Noon,
        };
        Write("2026-01-15/dump.rdb", 100);

        await AddAsync(entry);

        var file = Assert.Single(Read());
        Assert.Equal(_folder[Path.Combine("2026-01-15", "dump.rdb")], file.Path);
        Assert.Equal(
            (FilePresence.Present, 100, entry.Sha256, Noon), (file.State, file.Size, file.Sha256, file.SavedAt));
        Assert.Equal(
            ("HuaweiCloud", "HuaweiCloud.Dcs", "cn-north-4"), (file.Cloud, file.Service, file.Region));
        Assert.Equal(
            ("i", "Bestellungen \"Süd\" 订单", "Redis", "b", "l"),
            (file.InstanceId, file.InstanceName, file.Engine, file.BackupId, file.LogId));
        Assert.Equal(
            (BackupKind.Full, "manual", Noon.AddHours(-2), Noon.AddHours(-1), 2),
            (file.Kind, file.Type, file.BackupTime, file.EndTime, file.FileCount));
        Assert.Equal((BackupFileState.Intact, null, Noon), (file.TestState, file.Problem, file.TestedAt));
    }

    [Fact]
    public async Task The_disk_says_whether_a_file_is_present_missing_or_changed()
    {
        foreach (string name in new[] { "present", "missing", "longer", "folder", "changed" })
            await AddAsync(Entry(name));
        await AddAsync(Test("changed", BackupFileState.Damaged) with { IsChanged = true });
        Write("present", 100);
        Write("longer", 101);
        Write("changed", 100);
        Directory.CreateDirectory(_folder["folder"]);

        Assert.Equal(
            [
                "present Present", "missing Missing", "longer Changed", "folder Changed", "changed Changed",
            ],
            Read().Select(file => $"{file.Name} {file.State}"));
    }

    [Theory]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(IOException))]
    public async Task A_file_that_cannot_be_looked_at_does_not_hide_the_others(Type error)
    {
        await AddAsync([Entry("a"), Entry("closed"), Entry("z")]);
        Write("a", 100);
        Write("z", 100);

        var catalog = Assert.Single(BackupCatalog.Find(_folder.Path, disk: new ClosedDisk(_folder["closed"], error)));

        Assert.Equal(
            ["a Present", "closed Unreadable", "z Present"],
            catalog.ReadFiles(CancellationToken.None).Select(file => $"{file.Name} {file.State}"));
    }

    [Fact]
    public async Task The_last_test_holds_until_the_file_is_saved_again()
    {
        Write("a", 100);
        await AddAsync(Entry("a") with { TestState = BackupFileState.Intact, TestedAt = Noon });
        await AddAsync(Test("a", BackupFileState.Damaged) with { Problem = "a bad page", TestedAt = Noon.AddDays(1) });
        Assert.Equal(
            (BackupFileState.Damaged, "a bad page", Noon.AddDays(1)),
            Read().Select(file => (file.TestState, file.Problem, file.TestedAt)).Single());

        await AddAsync(Test("a", BackupFileState.Intact) with { TestedAt = Noon.AddDays(2) });
        Assert.Equal(
            (BackupFileState.Intact, null, Noon.AddDays(2)),
            Read().Select(file => (file.TestState, file.Problem, file.TestedAt)).Single());

        await AddAsync(Entry("a"));
        Assert.Equal(
            (null, null, null), Read().Select(file => (file.TestState, file.Problem, file.TestedAt)).Single());
    }

    [Fact]
    public async Task A_removal_that_was_cut_off_leaves_what_is_still_on_the_disk()
    {
        foreach (string name in new[] { "a", "b", "c" })
        {
            await AddAsync(Entry(name));
            await AddAsync(Removal(name, isDone: name == "c"));
        }

        Write("b", 100);
        Write("c", 100);

        var file = Assert.Single(Read());
        Assert.Equal(("b", FilePresence.Present, true), (file.Name, file.State, file.IsBeingRemoved));
    }

    [Fact]
    public async Task A_folder_that_was_moved_stays_valid()
    {
        Write("2026-01-15/a", 100);
        await AddAsync(Entry("2026-01-15/a"));
        string moved = _folder["moved"];
        Directory.CreateDirectory(moved);
        foreach (string name in new[] { ".backuplinks", "2026-01-15" })
            Directory.Move(_folder[name], Path.Combine(moved, name));

        var file = Assert.Single(Read("moved"));

        Assert.Equal(
            (Path.Combine(moved, "2026-01-15", "a"), FilePresence.Present), (file.Path, file.State));
    }

    [Theory]
    [InlineData("", false, new[] { "top", "2026-01-15/a", "2026-01-15/b", "2026-01-15-old/c" })]
    [InlineData("", true, new[] { "top", "2026-01-15/a", "2026-01-15/b", "2026-01-15-old/c", "mysql/d", "mysql/x/e" })]
    [InlineData("2026-01-15", true, new[] { "2026-01-15/a", "2026-01-15/b" })]
    [InlineData("2026-01-15/b", false, new[] { "2026-01-15/b" })]
    [InlineData("mysql", false, new[] { "mysql/d" })]
    [InlineData("mysql/nothing", false, new string[0])]
    public async Task The_catalog_of_a_folder_is_the_nearest_at_or_above_it_and_recursion_finds_those_below(
        string path, bool recurse, string[] expected)
    {
        foreach (string name in new[] { "top", "2026-01-15/a", "2026-01-15/b", "2026-01-15-old/c" })
            await AddAsync(Entry(name));
        await AddAsync(Entry("d"), "mysql");
        await AddAsync(Entry("e"), "mysql/x");
        Directory.CreateDirectory(_folder["2026-01-15"]);

        Assert.Equal(
            expected.Select(name => _folder[name.Replace('/', Path.DirectorySeparatorChar)]),
            Read(path, recurse).Select(file => file.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_and_one_without_a_catalog_has_none()
    {
        var error = Assert.Throws<BackupLinksException>(() => BackupCatalog.Find(_folder["nowhere"]));

        Assert.Equal(ErrorKind.FileNotFound, error.Kind);
        Assert.Empty(BackupCatalog.Find(_folder.Path, recurse: true));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("2026/../../a")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData(".backuplinks/catalog.jsonl")]
    [InlineData("a\0b")]
    public async Task A_line_whose_path_leads_elsewhere_is_not_a_file(string path)
    {
        await AddAsync(Entry(path));
        await AddAsync(Entry("a"));

        var catalog = Assert.Single(BackupCatalog.Find(_folder.Path));

        Assert.Equal(["a"], catalog.ReadFiles(CancellationToken.None).Select(file => file.Name));
        Assert.Equal(1, catalog.UnreadableLines);
    }

    [Fact]
    public async Task Torn_lines_are_counted_and_the_others_are_read()
    {
        await AddAsync(Entry("a"));
        await File.AppendAllTextAsync(CatalogPath, "{\"v\":1,\"path\":\"to", TestContext.Current.CancellationToken);
        await AddAsync(Entry("b"));
        await File.AppendAllTextAsync(
            CatalogPath, "\n\0\0\0\n{\"v\":1,\"path\":\"to", TestContext.Current.CancellationToken);

        var catalog = Assert.Single(BackupCatalog.Find(_folder.Path));

        Assert.Equal(["a", "b"], catalog.ReadFiles(CancellationToken.None).Select(file => file.Name));
        Assert.Equal(3, catalog.UnreadableLines);
    }

    [Fact]
    public async Task Wherever_a_power_cut_tears_the_last_line_the_earlier_ones_and_the_next_one_are_read()
    {
        await AddAsync([Entry("a"), Entry("b") with { Engine = "an {engine}" }]);
        byte[] whole = await File.ReadAllBytesAsync(CatalogPath, TestContext.Current.CancellationToken);
        int lastLine = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = lastLine; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(CatalogPath, whole[..length], TestContext.Current.CancellationToken);
            bool isWhole = length == whole.Length - 1;
            string[] before = isWhole ? ["a", "b"] : ["a"];
            Assert.Equal(before, Read().Select(file => file.Name));

            await AddAsync(Entry("c"));

            var catalog = Assert.Single(BackupCatalog.Find(_folder.Path));
            Assert.Equal([.. before, "c"], catalog.ReadFiles(CancellationToken.None).Select(file => file.Name));
            Assert.Equal(isWhole || length == lastLine ? 0 : 1, catalog.UnreadableLines);
        }
    }

    [Fact]
    public async Task A_file_that_was_saved_twice_comes_where_it_came_last()
    {
        await AddAsync([Entry("a"), Entry("b"), Entry("a") with { Size = 7 }, Test("b", "Intact"), Entry("c")]);

        Assert.Equal([("b", 100), ("a", 7), ("c", 100)], Read().Select(file => (file.Name, file.Size)));
    }

    [Fact]
    public async Task A_line_that_another_program_wrote_in_another_order_counts_all_the_same()
    {
        // Names on Windows have neither quotes nor backslashes.
        var (name, escaped) = OperatingSystem.IsWindows()
            ? ("b'ü", """\u0062\u0027\u00fc""") : ("b\"\\ü", """\u0062\u0022\\\u00fc""");
        await AddAsync([Entry("a"), Entry(name), Entry("c")]);
        await File.AppendAllLinesAsync(
            CatalogPath,
            [
                """{"v":1,"path":"a","at":"2026-01-15T12:00:00Z","event":"removed"}""",
                $$"""{"sha256":"aa","size":7, "path":"{{escaped}}" , "v":1}""",
                """{"v":1,"path":"d","size":8,"sha256":"bb","object":"short"}""",
            ],
            TestContext.Current.CancellationToken);

        Assert.Equal([("c", 100), (name, 7), ("d", 8)], Read().Select(file => (file.Name, file.Size)));
    }

    [Fact]
    public async Task A_line_that_is_longer_than_any_event_does_not_cost_the_others()
    {
        await AddAsync(Entry("a"));
        await File.AppendAllTextAsync(
            CatalogPath, new string('x', 3 * CatalogLines.BlockSize) + "\n", TestContext.Current.CancellationToken);
        string[] names = [.. Enumerable.Range(0, 3000).Select(i => $"{i:0000}-{new string('y', 200)}")];
        await AddAsync([.. names.Select(Entry)]);

        var catalog = Assert.Single(BackupCatalog.Find(_folder.Path));

        Assert.Equal(["a", .. names], catalog.ReadFiles(CancellationToken.None).Select(file => file.Name));
        Assert.Equal(1, catalog.UnreadableLines);
    }

    [Fact]
    public async Task Events_that_are_added_while_files_are_read_wait_for_no_reader_and_do_not_count()
    {
        await AddAsync([.. Enumerable.Range(0, 5000).Select(i => Entry($"{i:0000}"))]);
        var names = new List<string>();

        foreach (var file in Read())
        {
            if (names.Count == 10)
            {
                await AddAsync([
                    .. Enumerable.Range(0, 5000).Select(i => Removal($"{i:0000}", isDone: true)), Entry("new")]);
            }

            names.Add(file.Name);
        }

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i:0000}"), names);
        Assert.Equal(["new"], Read().Select(file => file.Name));
    }

    [Fact]
    public async Task A_stop_ends_the_reading_at_the_next_line()
    {
        await AddAsync([.. Enumerable.Range(0, 100).Select(i => Entry($"{i:000}"))]);
        var catalog = Assert.Single(BackupCatalog.Find(_folder.Path));
        using var stop = new CancellationTokenSource();
        var names = new List<string>();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var file in catalog.ReadFiles(stop.Token))
            {
                names.Add(file.Name);
                stop.Cancel();
            }
        });
        Assert.Equal(["000"], names);
        Assert.ThrowsAny<OperationCanceledException>(
            () => new CatalogIndex(CatalogPath, withObjects: false).Update(stop.Token));
    }

    private sealed class ClosedDisk(string closed, Type error) : Disk
    {
        public override FileStatus? Look(string path) =>
            path == closed ? throw (Exception)Activator.CreateInstance(error)! : base.Look(path);
    }

    private string CatalogPath => _folder[Path.Combine(".backuplinks", "catalog.jsonl")];

    private static CatalogEntry Entry(string path) =>
        new() { Path = path, Size = 100, Sha256 = new string('a', 64), SavedAt = Noon };

    private static TestEvent Test(string path, string state) =>
        new() { Path = path, TestState = state, TestedAt = Noon };

    private static RemovalEvent Removal(string path, bool isDone) =>
        new() { Path = path, Word = isDone ? RemovalEvent.Done : RemovalEvent.Begun, Time = Noon };

    private IEnumerable<BackupFile> Read(string path = "", bool recurse = false) => BackupCatalog
        .Find(_folder[path.Replace('/', Path.DirectorySeparatorChar)], recurse)
        .SelectMany(catalog => catalog.ReadFiles(CancellationToken.None));

    private Task AddAsync(CatalogEvent item, string folder = "") => AddAsync([item], folder);

    private Task AddAsync(CatalogEvent[] events, string folder = "") =>
        new CatalogFile(Directory.CreateDirectory(_folder[folder]).FullName.TrimEnd('/', '\\'), Disk.Local)
            .AddAsync(events, Clock.System, CancellationToken.None).WaitAsync(TestTimeout.Hang);

    private void Write(string path, int length)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllBytes(_folder[path], new byte[length]);
    }
}
