using System;
using System.IO;
using System.Linq;
using BackupLinks.Catalog;

namespace BackupLinks.Tests.Engine;

/// <summary>Where a night saves, locks and logs, and when it does nothing at all.</summary>
public sealed class NightlyPlaceTests : NightlyTest
{
    [Fact]
    public void Destination_that_is_not_there_is_refused_once_before_any_request_and_is_not_made()
    {
        Prepare();
        string folder = Path.Combine(Folder, "not-mounted");

        var (exitCode, events) = RunNightly("Dcs, Rds", destination: folder);

        Assert.Equal(2, exitCode);
        Assert.Equal(["DestinationUnavailable Dcs Rds"], Troubles(events));
        Assert.False(Directory.Exists(folder));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Folder_that_was_not_initialized_may_be_an_empty_mount_point_and_nothing_is_written_there()
    {
        Prepare();
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "mount")).FullName;
        string metrics = Path.Combine(Folder, "night.prom");

        var refused = RunNightly("Rds", $"MetricsPath = '{metrics}'", folder);
        var first = RunNightly("Rds", $"MetricsPath = '{metrics}'", folder, "-Initialize");
        Assert.Single(Directory.GetFileSystemEntries(folder));
        // Metrics are of runs.
        Assert.Contains("backuplinks_last_run_exit_code 2\n", File.ReadAllText(metrics));
        var second = RunNightly("Rds", $"MetricsPath = '{metrics}'", folder);

        Assert.Equal((2, 0, 0), (refused.ExitCode, first.ExitCode, second.ExitCode));
        Assert.Equal(["DestinationUnavailable Rds"], Troubles(refused.Events));
        Assert.Contains("-Initialize", Text(refused.Events[0], "message"));
        Assert.NotEmpty(Saved(second.Events));
    }

    [Fact]
    public void Metrics_of_a_night_that_did_nothing_keep_the_figures_and_have_the_exit_code()
    {
        Prepare();
        string metrics = Path.Combine(Folder, "night.prom");
        RunNightly("Rds", $"MetricsPath = '{metrics}'");
        string[] good = File.ReadAllLines(metrics);

        RunNightly("Rds", $"MetricsPath = '{metrics}'", Path.Combine(Folder, "not-mounted"));

        string[] bad = File.ReadAllLines(metrics);
        Assert.Contains("backuplinks_last_run_exit_code 0", good);
        Assert.Contains("backuplinks_last_run_exit_code 2", bad);
        Assert.Contains(good, line => line.Contains("backuplinks_last_success_timestamp_seconds{"));
        Assert.Subset(bad.ToHashSet(), good.Where(line => !line.Contains("_last_run_")).ToHashSet());
    }

    [Fact]
    public void Destination_that_cannot_be_written_is_refused_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no folder that even root cannot write to.");
        Prepare();

        var (exitCode, events) = RunNightly("Dcs, Rds", destination: "/proc/self");

        Assert.Equal(2, exitCode);
        Assert.Equal(["DestinationUnavailable Dcs Rds"], Troubles(events));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Disk_without_the_room_that_is_asked_for_is_refused_and_the_log_says_so()
    {
        Prepare();

        var (exitCode, events) = RunNightly("Rds", "MinimumFree = 9000000000000000000");

        Assert.Equal(2, exitCode);
        Assert.Equal(["DestinationUnavailable Rds"], Troubles(events));
        Assert.True(File.Exists(Log));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("configuration")]
    [InlineData("destination")]
    public void Run_beside_another_ends_with_75_and_requests_nothing(string of)
    {
        Prepare();
        RunNightly("Rds");
        int before = Server.Requests.Count;
        string own = Assert.Single(Directory.GetFiles(Folder, "nightly-*.lock"));
        string path = of == "configuration" ? own : Path.Combine(Destination, CatalogFolder.Name, "nightly.lock");
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var (exitCode, events) = RunNightly("Rds");

            Assert.Equal(75, exitCode);
            Assert.Equal(["AlreadyRunning Rds"], Troubles(events));
            Assert.Equal(before, Server.Requests.Count);
        }

        Assert.Equal(0, RunNightly("Rds").ExitCode);
    }

    [Fact]
    public void Log_that_cannot_be_written_is_said_on_the_screen_and_by_the_exit_code()
    {
        Prepare();

        var (exitCode, events) = RunNightly("Rds", $"LogPath = '{Path.Combine(Folder, "no-folder", "x.jsonl")}'");

        Assert.Equal(1, exitCode);
        Assert.Equal(["LogUnavailable Rds"], Troubles(events));
        Assert.Equal(2, Saved(events).Length);
    }

    [Fact]
    public void Lines_go_to_standard_output_on_request()
    {
        Prepare();

        var (exitCode, events) = RunNightly("Rds", "LogPath = '-'");

        Assert.Equal((0, 2), (exitCode, Saved(events).Length));
        Assert.False(File.Exists(Log));
    }

    [Theory]
    [InlineData("Destinaton = 'x'", "Destination")]
    [InlineData("MaxAge = '26h'", "MaximumAge")]
    [InlineData("MaximumAge = 'soon'", "MaximumAge")]
    [InlineData("Test = 'no'", "Test")]
    [InlineData("ScrubDays = -1", "ScrubDays")]
    [InlineData("LogKeep = 'many'", "LogKeep")]
    [InlineData("Keep = 7", "Keep")]
    [InlineData("Keep = @{ Dayly = 7 }", "Daily")]
    [InlineData("Keep = @{ Daily = 0 }", "Keep")]
    [InlineData("Keep = @{ Daily = -7 }", "Keep")]
    [InlineData("TimeZone = 'Middle/Earth'", "TimeZone")]
    [InlineData("NotifyUri = 'hooks'", "NotifyUri")]
    [InlineData("Region = $env:REGION", "nightly.psd1")]
    [InlineData("}", "nightly.psd1")]
    public void Configuration_that_is_wrong_is_named_and_nothing_is_done(string keys, string named)
    {
        Prepare();

        var (exitCode, events) = RunNightly("Rds", keys);

        Assert.Equal(2, exitCode);
        Assert.Equal("InvalidConfiguration", Text(Assert.Single(events, item => Text(item, "id") is not null), "id"));
        Assert.Contains(named, Text(events.First(item => Text(item, "id") is not null), "message"));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("MaxAge = '26h'")]
    [InlineData("Test = 'no'; Unknown = 1; Zone = 2")]
    [InlineData("Keep = @{ Dayly = 7 }")]
    public void Configuration_that_is_wrong_is_told_where_the_valid_keys_say(string keys)
    {
        Prepare();
        string log = Path.Combine(Folder, "told.jsonl");
        WriteConfig("Rds", $"LogPath = 'told.jsonl'; MetricsPath = 'night.prom'; {keys}");

        Module.Run(
            "param($script, $config) & $script -ConfigPath $config", Path.Combine(Samples, "nightly.ps1"), Config);

        Assert.Contains("InvalidConfiguration", File.ReadAllText(log));
        Assert.Contains("backuplinks_last_run_exit_code 2\n", File.ReadAllText(Path.Combine(Folder, "night.prom")));
    }

    [Fact]
    public void Dry_run_before_the_first_night_has_nothing_to_remove()
    {
        Prepare();

        var (exitCode, events) = RunNightly("Rds", "Keep = @{ Last = 1 }", arguments: "-WhatIf");

        Assert.Equal(0, exitCode);
        Assert.Empty(Troubles(events));
    }

    [Fact]
    public void Two_configurations_of_one_name_with_one_folder_for_logs_have_their_own_locks()
    {
        Prepare();
        RunNightly("Rds");
        string other = Directory.CreateDirectory(Path.Combine(Folder, "other")).FullName;
        Directory.CreateDirectory(Path.Combine(other, CatalogFolder.Name));
        WriteConfig("Rds", $"LogPath = '{Log}'", other);
        File.Move(Config, Path.Combine(other, "nightly.psd1"));

        var result = Module.Run(
            "param($script, $config) $null = & $script -ConfigPath $config; $LASTEXITCODE",
            Path.Combine(Samples, "nightly.ps1"), Path.Combine(other, "nightly.psd1"));

        Assert.Equal(0, result.Output[^1].BaseObject);
        Assert.Equal(2, Directory.GetFiles(Folder, "nightly-*.lock").Length);
        Assert.Equal(2, Directory.GetFiles(Folder, "nightly-*.states").Length);
    }

    [Fact]
    public void Dry_run_requests_the_links_and_writes_nothing()
    {
        Prepare();

        var (exitCode, events) = RunNightly("Rds", "ReportPath = 'report.html'", arguments: "-WhatIf");

        Assert.Equal(0, exitCode);
        Assert.Empty(Saved(events));
        Assert.Contains(Server.Requests, request => request.Target.Contains("/backup-files"));
        Assert.Equal([Config], Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Logs_of_ten_megabytes_are_set_aside_and_the_oldest_go()
    {
        Prepare();
        string log = Path.Combine(Folder, "long.jsonl");
        foreach (string number in new[] { "", ".1", ".2" })
        {
            using var file = File.Create(log + number);
            file.SetLength(number == "" ? 11_000_000 : number == ".1" ? 1 : 2);
        }

        WriteConfig("Rds", $"LogPath = '{log}'; LogKeep = 2", Path.Combine(Folder, "not-mounted"));
        Module.Run(
            "param($script, $config) & $script -ConfigPath $config", Path.Combine(Samples, "nightly.ps1"), Config);

        Assert.Equal([11_000_000, 1], new[] { ".1", ".2" }.Select(number => new FileInfo(log + number).Length));
        Assert.InRange(new FileInfo(log).Length, 1, 10_000);
    }
}
