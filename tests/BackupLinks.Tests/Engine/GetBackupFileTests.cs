using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading;
using BackupLinks.Catalog;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Tests.Core;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Time;

namespace BackupLinks.Tests.Engine;

/// <summary>Get-BackupFile, and Test-BackupFile of what it returns.</summary>
public sealed class GetBackupFileTests : IDisposable
{
    private static readonly byte[] Rdb = RdbWriter.Small();
    private static readonly string RdbHash = Convert.ToHexStringLower(SHA256.HashData(Rdb));
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly ModuleHost _module = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _module.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "mysql-1 mysql-2 mysql-log redis-1 redis-1b")]
    [InlineData("-Service HuaweiCloud.Rds", "mysql-1 mysql-2 mysql-log")]
    [InlineData("-Service rds, Dcs", "mysql-1 mysql-2 mysql-log redis-1 redis-1b")]
    [InlineData("-InstanceId REDIS", "redis-1 redis-1b")]
    [InlineData("-Name *-1", "mysql-1 redis-1")]
    [InlineData("-Name 'orders db'", "mysql-1 mysql-2 mysql-log")]
    [InlineData("-Latest", "mysql-2 redis-1 redis-1b")]
    [InlineData("-Latest -Type Full", "mysql-1 redis-1 redis-1b")]
    [InlineData("-Latest -Type Full, Log", "mysql-1 mysql-log redis-1 redis-1b")]
    [InlineData("-Type incremental", "mysql-2")]
    [InlineData("-Type auto", "mysql-1 redis-1 redis-1b")]
    [InlineData("-Since 2026-01-15T13:00:00Z", "mysql-2 mysql-log")]
    [InlineData("-Until 2026-01-15T12:00:00Z", "mysql-1 redis-1 redis-1b")]
    [InlineData("-State Missing", "mysql-2")]
    [InlineData("-State Missing, Damaged", "mysql-1 mysql-2")]
    [InlineData("-State Present -NotTestedSince 2026-01-15T18:00:00Z", "mysql-log redis-1b redis-1")]
    [InlineData("-State Unknown", "")]
    [InlineData("-IncludeUnknown -State Unknown", "notes.txt")]
    public void Files_are_chosen_by_what_the_catalog_and_the_disk_say(string arguments, string expected)
    {
        var mysql = Entry("mysql-1") with
        {
            Service = "HuaweiCloud.Rds", InstanceId = "mysql", InstanceName = "orders db", BackupId = "m1",
            Kind = "Full", Type = "auto", BackupTime = Noon,
        };
        var redis = mysql with
        {
            Path = "redis-1", Service = "HuaweiCloud.Dcs", InstanceId = "redis", InstanceName = null, BackupId = "r1",
        };
        Add(
            mysql,
            mysql with
            {
                Path = "mysql-2", BackupId = "m2", Kind = "Incremental", Type = "x", BackupTime = Noon.AddHours(1),
            },
            mysql with
            {
                Path = "mysql-log", BackupId = null, LogId = "l", Kind = "Log", Type = null,
                BackupTime = Noon.AddHours(2),
            },
            redis with { TestState = BackupFileState.Intact, TestedAt = Noon }, redis with { Path = "redis-1b" },
            new TestEvent
            {
                Path = "mysql-1", TestState = BackupFileState.Damaged, TestedAt = Noon.AddDays(1),
                Problem = "a bad page",
            });
        foreach (string name in new[] { "mysql-1", "mysql-log", "redis-1", "redis-1b" })
            Write(name, new byte[100]);
        Write("notes.txt", new byte[1]);
        Write("x.rdb.partial", new byte[1]);

        var result = Run($"Get-BackupFile $args[0] {arguments}", _folder.Path);

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            Files(result).Select(file => file.Name).Order());
    }

    [Fact]
    public void Files_come_in_the_order_in_which_they_were_saved_and_know_what_they_are()
    {
        Add(Entry("b") with { Engine = "Redis", Region = "cn-north-4", FileCount = 1 }, Entry("a"));
        Write("b", new byte[100]);

        var files = Files(Run("Get-BackupFile $args[0]", _folder.Path));

        Assert.Equal(["b", "a"], files.Select(file => file.Name));
        Assert.Equal(
            (_folder["b"], "Present", 100, "Redis", "cn-north-4", 1),
            (files[0].Path, files[0].State, files[0].Size, files[0].Engine, files[0].Region, files[0].FileCount));
        Assert.Equal("Missing", files[1].State);
    }

    [Fact]
    public void Catalogs_of_folders_below_are_read_with_Recurse_and_unknown_files_are_each_listed_once()
    {
        Add(Entry("a"));
        Add("below", Entry("b"));
        Write("below/b", new byte[100]);
        Write("below/c", new byte[1]);
        Write("dated/d", new byte[1]);

        Assert.Equal(
            ["a Missing", "d Unknown"],
            Files(Run("Get-BackupFile $args[0] -IncludeUnknown", _folder.Path)).Select(Text));
        Assert.Equal(
            ["a Missing", "d Unknown", "b Present", "c Unknown"],
            Files(Run("Get-BackupFile $args[0] -IncludeUnknown -Recurse", _folder.Path)).Select(Text));

        static string Text(BackupFile file) => $"{file.Name} {file.State}";
    }

    [Fact]
    public void Without_a_catalog_a_warning_says_so_and_without_a_folder_an_error()
    {
        Write("a", new byte[1]);

        var none = _module.Run("Get-BackupFile $args[0]", _folder.Path);
        Assert.Contains("no catalog", Assert.Single(none.Warnings));
        Assert.Empty(none.Output);
        Assert.Single(Files(Run("Get-BackupFile $args[0] -IncludeUnknown", _folder.Path)));
        _module.Run("Get-BackupFile $args[0]", _folder["nowhere"]).SingleError("FileNotFound");
        _module.Run("Get-BackupFile $args[0] -Since 2026-01-02 -Until 2026-01-01", _folder.Path)
            .SingleError("InvalidRequest");
    }

    [Fact]
    public void A_torn_line_is_told_once_in_a_session()
    {
        Add(Entry("a"));
        File.AppendAllText(CatalogPath, "{\"v\":1,\"path\":\"b");

        var first = _module.Run("Get-BackupFile $args[0]", _folder.Path);
        var second = _module.Run("Get-BackupFile $args[0]", _folder.Path);

        Assert.Contains("One line of the catalog", Assert.Single(first.Warnings));
        Assert.Empty(second.Warnings);
        Assert.Single(second.Output);
    }

    [Theory]
    [InlineData("a.rdb")]
    [InlineData("a[1].rdb")]
    [InlineData("a`b $c' d.rdb")]
    public void What_it_returns_is_tested_and_the_result_is_in_the_catalog(string name)
    {
        Add(Entry(name) with { Size = Rdb.Length, Sha256 = RdbHash });
        Write(name, Rdb);
        // A name that a wildcard would find in place of the missing one.
        Write("a1.rdb", Rdb);

        var report = Run("Get-BackupFile $args[0] | Test-BackupFile", _folder.Path).Single<BackupFileReport>();

        Assert.Equal((_folder[name], BackupFileState.Intact), (report.Path, report.State));
        var file = Files(Run("Get-BackupFile $args[0]", _folder.Path)).Single();
        Assert.Equal((BackupFileState.Intact, null), (file.TestState, file.Problem));
        Assert.InRange(file.TestedAt!.Value, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);
        Assert.Empty(Files(Run(
            "Get-BackupFile $args[0] -NotTestedSince ([DateTimeOffset]::UtcNow.AddHours(-2))", _folder.Path)));

        File.Delete(_folder[name]);
        _module.Run("Get-BackupFile $args[0] | Test-BackupFile", _folder.Path).SingleError("FileNotFound");
    }

    [Theory]
    [InlineData("Get-BackupFile $args[0] | Test-BackupFile")]
    [InlineData("Get-BackupFile $args[0] | Test-BackupFile -Depth Container")]
    [InlineData("Test-BackupFile ($args[0] + '/a.log')")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize("
        + "[System.Management.Automation.PSSerializer]::Serialize((Get-BackupFile $args[0]))) | Test-BackupFile")]
    public void A_file_that_has_changed_since_it_was_saved_is_damaged_though_its_format_cannot_tell(string script)
    {
        byte[] text = "2026-01-15T00:00:00Z a line of a log\n"u8.ToArray();
        Add(Entry("a.log") with { Size = text.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(text)) });
        Write("a.log", [.. text[..^2], (byte)'b', (byte)'\n']);

        var report = Run(script, _folder.Path).Single<BackupFileReport>();

        Assert.Equal((BackupFileState.Damaged, false), (report.State, report.IsWhole));
        Assert.Equal("changed since it was saved", report.Problem);
        var file = Files(Run("Get-BackupFile $args[0]", _folder.Path)).Single();
        Assert.Equal((FilePresence.Changed, BackupFileState.Damaged), (file.State, file.TestState));
        Assert.Equal("changed since it was saved", file.Problem);

        // The file of the backup comes back.
        Write("a.log", text);
        Run("Get-BackupFile $args[0] | Test-BackupFile", _folder.Path);
        file = Files(Run("Get-BackupFile $args[0]", _folder.Path)).Single();
        Assert.Equal(
            (FilePresence.Present, BackupFileState.Unverifiable), (file.State, file.TestState));
    }

    [Fact]
    public void A_changed_file_that_is_bad_by_itself_says_so_too()
    {
        Add(Entry("a.rdb") with { Size = Rdb.Length, Sha256 = RdbHash });
        Write("a.rdb", Rdb[..^1]);

        var report = Run("Get-BackupFile $args[0] | Test-BackupFile", _folder.Path).Single<BackupFileReport>();

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.StartsWith("changed since it was saved; cut: ", report.Problem);
    }

    [Theory]
    [InlineData("-NoCatalog")]
    [InlineData("-Depth Container")]
    public void A_test_that_proves_less_leaves_the_catalog_as_it_is(string arguments)
    {
        Add(Entry("a.rdb") with { Size = Rdb.Length, Sha256 = RdbHash });
        Write("a.rdb", Rdb);
        string before = File.ReadAllText(CatalogPath);

        Run($"Get-BackupFile $args[0] | Test-BackupFile {arguments}", _folder.Path);

        Assert.Equal(before, File.ReadAllText(CatalogPath));
    }

    [Fact]
    public void A_pipeline_that_ends_early_keeps_the_results_that_it_has()
    {
        foreach (string name in new[] { "a", "b", "c" })
        {
            Add(Entry(name) with { Size = Rdb.Length, Sha256 = RdbHash });
            Write(name, Rdb);
        }

        _module.Run(
            "Get-BackupFile $args[0] | Test-BackupFile -ThrottleLimit 1 | ForEach-Object { throw 'x' }", _folder.Path);

        Assert.Contains(
            BackupFileState.Intact, Files(Run("Get-BackupFile $args[0]", _folder.Path)).Select(file => file.TestState));
    }

    [Fact]
    public void Results_that_cannot_be_written_are_one_error_beside_the_reports()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A second name is made with ln.");
        foreach (string name in new[] { "a", "b" })
        {
            Add(Entry(name) with { Size = Rdb.Length, Sha256 = RdbHash });
            Write(name, Rdb);
        }

        Peers.Peer.Run(Peers.Peer.Require("ln"), [CatalogPath, _folder["second name"]]);

        var result = _module.Run("Get-BackupFile $args[0] | Test-BackupFile", _folder.Path);

        Assert.Equal(2, result.Output.Count);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("CatalogUnavailable,", error.FullyQualifiedErrorId);
        Assert.Equal(CatalogPath, error.TargetObject);
    }

    [Fact]
    public void The_table_shows_instance_time_states_and_name_by_folder_and_so_does_its_copy()
    {
        Add(Entry("2026-01-15/a.rdb") with
        {
            InstanceName = "orders", BackupTime = Noon, TestState = BackupFileState.Intact, TestedAt = Noon,
        });
        var files = Run("Get-BackupFile $args[0]", _folder.Path).Output.ToArray();
        object[] copies = [.. files.Select(file => PSSerializer.Deserialize(PSSerializer.Serialize(file)))];
        foreach (object[] shown in new object[][] { files, copies })
        {
            int before = _module.Screen.Length;

            _module.Run("param($files) $files | Out-Default", [shown]);

            string screen = Regex.Replace(_module.Screen[before..], "\u001b\\[[0-9;]*m", "");
            Assert.Contains($"Directory: {_folder["2026-01-15"]}", screen);
            Assert.Matches(@"(?m)^orders +2026-01-1\d \d\d:\d\d +Missing +Intact +100 B +a\.rdb\s*$", screen);
        }
    }

    private string CatalogPath => _folder[Path.Combine(".backuplinks", "catalog.jsonl")];

    private static CatalogEntry Entry(string path) =>
        new() { Path = path, Size = 100, Sha256 = new string('a', 64), SavedAt = Noon.AddHours(6) };

    private static IReadOnlyList<BackupFile> Files(RunResult result) =>
        [.. result.Output.Select(item => (BackupFile)item.BaseObject)];

    private void Add(params CatalogEvent[] events) => Add("", events);

    private void Add(string folder, params CatalogEvent[] events) =>
        new CatalogFile(Directory.CreateDirectory(Path.Combine(_folder.Path, folder)).FullName, Disk.Local)
            .AddAsync(events, Clock.System, CancellationToken.None).GetAwaiter().GetResult();

    private void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllBytes(_folder[path], content);
    }

    private RunResult Run(string script, params object[] arguments)
    {
        var result = _module.Run(script, arguments);
        result.AssertSilent();
        return result;
    }
}
