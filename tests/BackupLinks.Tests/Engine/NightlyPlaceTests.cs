using System;
using System.IO;
using System.Linq;

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

    [Fact]
    public void Run_beside_another_ends_with_75_and_requests_nothing()
    {
        Prepare();
        using (new FileStream(
            Path.Combine(Folder, "nightly.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var (exitCode, events) = RunNightly("Rds");

            Assert.Equal(75, exitCode);
            Assert.Equal(["AlreadyRunning Rds"], Troubles(events));
            Assert.Empty(Server.Requests);
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
