using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace BackupLinks.Tests.Engine;

/// <summary>Export-BackupReport through the engine. What it writes is tested in Core.</summary>
public sealed class ExportBackupReportTests : StatusTest
{
    [Theory]
    [InlineData("report.html", "<!doctype html>")]
    [InlineData("report.htm -Format Json", "{")]
    [InlineData("status.json", "{")]
    [InlineData("backuplinks.prom", "# HELP ")]
    [InlineData("SHA256SUMS", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  good-2.rdb\n")]
    [InlineData("a.sha256", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  good-2.rdb\n")]
    public void The_name_decides_the_format_unless_the_caller_does(string arguments, string start)
    {
        Save("good", -2);

        var result = RunThere("Export-BackupReport " + arguments);

        result.AssertSilent();
        Assert.Empty(result.Output);
        Assert.StartsWith(start, File.ReadAllText(Path.Combine(Folder, arguments.Split(' ')[0])));
        Assert.Equal(3, Directory.GetFileSystemEntries(Folder).Length);
    }

    [Fact]
    public void Rows_of_the_pipeline_are_written_also_when_they_were_read_back()
    {
        Save("good", -2);
        Save("old", -50);

        RunThere("""
            $rows = Get-BackupStatus
            $rows | Export-BackupReport live.json
            [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize($rows, 4)) | Export-BackupReport copy.json
            $rows | Where-Object State -eq Ok | Export-BackupReport ok.json
            """).AssertSilent();

        Assert.Equal(Read("live.json"), Read("copy.json"));
        using var json = JsonDocument.Parse(Read("ok.json"));
        Assert.Equal("good", Assert.Single(
            json.RootElement.GetProperty("instances").EnumerateArray()).GetProperty("instanceId").GetString());

        string Read(string name) => string.Join(
            '\n', File.ReadLines(Path.Combine(Folder, name)).Where(line => !line.Contains("generatedAt")));
    }

    [Fact]
    public void Sums_are_those_of_the_rows_or_of_the_files_of_the_pipeline()
    {
        Save("good", -2);
        string file = Save("old", -50);

        RunThere("""
            Get-BackupStatus | Where-Object State -eq Ok | Export-BackupReport rows.sha256
            [pscustomobject] @{ Path = $args[0]; Sha256 = 'a' * 64 } | Export-BackupReport files.sha256
            """.Replace("$args[0]", $"'{file}'")).AssertSilent();

        Assert.EndsWith("  good-2.rdb\n", File.ReadAllText(Path.Combine(Folder, "rows.sha256")));
        Assert.Equal($"{new string('a', 64)}  old-50.rdb\n", File.ReadAllText(Path.Combine(Folder, "files.sha256")));
    }

    [Fact]
    public void Days_are_those_of_the_zone()
    {
        Save("good", -2);

        RunThere("Export-BackupReport report.html -TimeZone UTC").AssertSilent();

        string page = File.ReadAllText(Path.Combine(Folder, "report.html"));
        Assert.Contains("in the zone UTC (UTC+00:00)", page);
        Assert.Contains($"title=\"{Now.AddHours(-2).UtcDateTime:yyyy-MM-dd} good, 1 B\"", page);
    }

    [Fact]
    public void Every_user_may_read_the_report()
    {
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework knows no modes.");
        if (OperatingSystem.IsWindows())
            return;
        Save("good", -2);

        RunThere("Export-BackupReport backuplinks.prom -ExitCode 75").AssertSilent();

        string path = Path.Combine(Folder, "backuplinks.prom");
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            File.GetUnixFileMode(path));
        Assert.Contains("backuplinks_last_run_exit_code 75\n", File.ReadAllText(path));
    }

    [Fact]
    public void An_instance_that_is_unreachable_keeps_the_figures_of_the_file_that_is_replaced()
    {
        RunThere("""
            $row = @{ InstanceId = 'i'; Service = 'HuaweiCloud.Rds'; State = 'Ok'; CloudState = 'Ok' }
            [pscustomobject] ($row + @{ LastCloudBackupTime = '2026-01-15T01:00:00Z' }) | Export-BackupReport a.prom
            $row.State = $row.CloudState = 'Unreachable'
            [pscustomobject] $row | Export-BackupReport a.prom
            """).AssertSilent();

        string text = File.ReadAllText(Path.Combine(Folder, "a.prom"));
        Assert.Matches(@"(?m)^backuplinks_cloud_last_success_timestamp_seconds\{.*\} 1768438800$", text);
        Assert.Matches(@"(?m)^backuplinks_backup_state\{.*state=""Unreachable""\} 1$", text);
    }

    [Fact]
    public void What_is_not_a_row_is_an_error_and_the_rows_are_written()
    {
        Save("good", -2);

        var result = RunThere("& { [pscustomobject] @{ a = 1 }; Get-BackupStatus } | Export-BackupReport report.json");

        Assert.Contains("is not a row of a report", result.SingleError("InvalidRequest").ToString());
        Assert.Contains(
            "was not written",
            Assert.Single(RunThere("[pscustomobject] @{ a = 1 } | Export-BackupReport x.html").Warnings));
        Assert.False(File.Exists(Path.Combine(Folder, "x.html")));
        Assert.Contains("\"good\"", File.ReadAllText(Path.Combine(Folder, "report.json")));
    }

    [Fact]
    public void WhatIf_writes_nothing_and_a_folder_in_the_place_is_an_error()
    {
        RunThere("Export-BackupReport report.html -WhatIf").AssertSilent();
        Assert.Empty(Directory.GetFileSystemEntries(Folder));

        Directory.CreateDirectory(Path.Combine(Folder, "report.html"));
        RunThere("Export-BackupReport report.html").SingleError("UnsafeFileName");
        RunThere("Export-BackupReport nowhere/report.html").SingleError("DestinationUnavailable");
        Assert.Single(Directory.GetFileSystemEntries(Folder));
    }
}
