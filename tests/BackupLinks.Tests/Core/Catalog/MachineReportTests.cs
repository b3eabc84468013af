using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Reports;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The reports for programs: JSON, gauges, and sums.</summary>
public sealed class MachineReportTests : ReportTest
{
    [Fact]
    public void JSON_has_what_the_rows_have()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Fleet with { ExitCode = 1 }));

        var root = json.RootElement;
        Assert.Equal((1, 1), (root.GetProperty("v").GetInt32(), root.GetProperty("exitCode").GetInt32()));
        Assert.Equal("2026-01-15T03:00:00Z", root.GetProperty("generatedAt").GetString());
        Assert.Equal(11, root.GetProperty("states").EnumerateObject().Count());
        var ok = root.GetProperty("instances").EnumerateArray().Single(
            row => row.GetProperty("state").GetString() == "Ok");
        Assert.Equal(7200, ok.GetProperty("ageSeconds").GetInt64());
        Assert.Equal("2026-01-15T01:00:00Z", ok.GetProperty("lastBackupTime").GetString());
        Assert.Equal(10, ok.GetProperty("backups").GetArrayLength());
        Assert.Contains(
            root.GetProperty("instances").EnumerateArray(),
            row => row.GetProperty("instanceName").GetString() == Hostile);
    }

    [Fact]
    public void Gauges_have_the_figures_of_each_instance()
    {
        var row = Row("ok", Cloud(new Listed(-1)), [Saved(-2, 1234)]);

        string[] lines = Gauges(new ReportContent([row], Now) { ExitCode = 75 }).Split('\n');

        const string labels =
            "cloud=\"HuaweiCloud\",service=\"HuaweiCloud.Rds\",region=\"cn-north-4\",instance_id=\"id-ok\"";
        Assert.Contains($"backuplinks_last_success_timestamp_seconds{{{labels}}} 1768438800", lines);
        Assert.Contains($"backuplinks_cloud_last_success_timestamp_seconds{{{labels}}} 1768442400", lines);
        Assert.Contains($"backuplinks_backup_size_bytes{{{labels}}} 1234", lines);
        Assert.Contains($"backuplinks_backup_state{{{labels},state=\"Ok\"}} 1", lines);
        Assert.Contains($"backuplinks_backup_state{{{labels},state=\"NotTested\"}} 0", lines);
        Assert.Contains($"backuplinks_instance_info{{{labels},name=\"ok\",engine=\"MySQL 8.0\"}} 1", lines);
        Assert.Contains("backuplinks_last_run_timestamp_seconds 1768446000", lines);
        Assert.Contains("backuplinks_last_run_exit_code 75", lines);
    }

    [Fact]
    public void Gauges_have_one_HELP_and_one_TYPE_no_timestamp_and_an_end()
    {
        string text = Gauges(Fleet with { ExitCode = 0 });

        Assert.Equal(7, Regex.Count(text, "(?m)^# HELP "));
        Assert.Equal(
            7, Regex.Matches(text, "(?m)^# TYPE (\\S+) gauge$").Select(match => match.Value).Distinct().Count());
        Assert.EndsWith("\n", text);
        Assert.All(
            text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'),
            line => Assert.Matches("^[a-z_]+(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)*\\})? [0-9]+$", line));
        Assert.DoesNotContain("age", Regex.Matches(text, "(?m)^[a-z_]+").Select(match => match.Value.Split('_')[^1]));
        Assert.DoesNotContain("{instance=", text);
        Assert.DoesNotContain(",instance=", text);
    }

    [Fact]
    public void An_instance_is_in_exactly_one_state() =>
        Assert.Equal(Fleet.Instances.Count, Regex.Count(Gauges(Fleet), "(?m)^backuplinks_backup_state.* 1$"));

    [Fact]
    public void An_unreachable_instance_keeps_the_figures_of_the_report_before()
    {
        var reached = Row("x", Cloud(new Listed(-1)), [Saved(-2)]);
        var lost = Row("x", CloudFindings.Unreachable("No response.", null), [Saved(-2)]);
        string before = Gauges(new ReportContent([reached], Now));

        string after = Encoding.UTF8.GetString(PrometheusReport.Write(new ReportContent([lost], Now), before));

        Assert.Contains("instance_id=\"id-x\"} 1768442400\n", after);
        Assert.DoesNotContain("cloud_last_success", Gauges(new ReportContent([lost], Now)));
    }

    [Fact]
    public void Sums_are_relative_to_the_report_and_escaped_as_GNU_does()
    {
        string root = Path.GetFullPath(Path.DirectorySeparatorChar.ToString());
        string folder = Path.Combine(root, "backups");
        BackupFile[] files =
        [
            Summed(Path.Combine(folder, "b", "x.rdb"), 'b'),
            Summed(Path.Combine(folder, "a.rdb"), 'a'),
            Summed(Path.Combine(root, "backups2", "c.rdb"), 'c'),
            new(Path.Combine(folder, "no sum")),
        ];

        Assert.Equal(
            $"{new string('c', 64)}  ../backups2/c.rdb\n{new string('a', 64)}  a.rdb\n{new string('b', 64)}  b/x.rdb\n",
            Encoding.UTF8.GetString(Sha256SumsReport.Write(files, folder)));
    }

    [Theory]
    [InlineData(@"C:\backups", @"C:\backups\b\x.bak", "b/x.bak")]
    [InlineData(@"C:\backups", @"c:\BACKUPS\x.bak", "x.bak")]
    [InlineData(@"C:\backups", @"C:\other\x.bak", "../other/x.bak")]
    [InlineData(@"C:\", @"C:\other\x.bak", "other/x.bak")]
    [InlineData(@"C:\backups", @"D:\backups\x.bak", "D:/backups/x.bak")]
    [InlineData(@"\\a\x", @"\\b\y\f.bak", "//b/y/f.bak")]
    [InlineData(@"\\a\x", @"\\a\y\f.bak", "//a/y/f.bak")]
    [InlineData(@"\\a\x", @"\\A\X\f.bak", "f.bak")]
    [InlineData(@"\\a\x\reports", @"\\a\x\b\f.bak", "../b/f.bak")]
    [InlineData(@"\\a\x", @"C:\f.bak", "C:/f.bak")]
    public void On_Windows_a_sum_of_another_drive_or_share_has_the_full_path(string folder, string path, string line) =>
        Assert.Equal(line, Sha256SumsReport.ToRelative(folder, path, '\\'));

    [Fact]
    public void Sums_are_by_path_in_the_order_of_characters_and_each_once()
    {
        string root = Path.GetFullPath(Path.DirectorySeparatorChar.ToString());
        BackupFile[] files =
        [
            Summed(Path.Combine(root, "a.rdb"), 'a'), Summed(Path.Combine(root, "B.rdb"), 'b'),
            Summed(Path.Combine(root, "a.rdb"), 'a'),
        ];

        Assert.Equal(
            $"{new string('b', 64)}  B.rdb\n{new string('a', 64)}  a.rdb\n",
            Encoding.UTF8.GetString(Sha256SumsReport.Write(files, root)));
    }

    [Fact]
    public void Names_that_would_break_a_line_are_escaped()
    {
        Assert.SkipWhen(Path.DirectorySeparatorChar == '\\', "Windows has no such names.");

        Assert.Equal(
            $"\\{new string('a', 64)}  a\\nb\\rc\\\\d\n",
            Encoding.UTF8.GetString(Sha256SumsReport.Write([Summed("/x/a\nb\rc\\d", 'a')], "/x")));
    }

    private static string Gauges(ReportContent content) => Encoding.UTF8.GetString(PrometheusReport.Write(content));

    private static BackupFile Summed(string path, char digit) => new(path) { Sha256 = new string(digit, 64) };
}
