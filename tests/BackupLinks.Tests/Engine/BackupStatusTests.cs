using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Formatting;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// Get-BackupStatus through the engine, against the clouds. The states themselves are tested in Core.
/// </summary>
public sealed class BackupStatusTests : StatusTest
{
    private const string All =
        "Get-CloudInstance HuaweiCloud.Dcs -MaximumRetryCount 0 | Get-BackupStatus -MaximumRetryCount 0";

    [Fact]
    public void Each_instance_has_a_row_with_what_the_disk_and_the_cloud_say()
    {
        Begin();
        AddBackup("good", -2);
        AddBackup("failed", -25.5);
        AddBackup("failed", -1.5, "failed");
        AddBackup("unsaved", -2);
        Server.Cloud.AddDcsInstance("empty", "empty");
        Save("good", -2);
        Save("failed", -25.5);

        var result = RunThere(All);

        result.AssertSilent();
        Assert.Equal(
            ["empty NoBackupInCloud", "failed Failed", "good Ok", "unsaved Missing"], States(result).Order());
        var row = Rows(result).Single(row => row.InstanceId == "good");
        Assert.Equal(("HuaweiCloud", Dcs, "Redis", Region), (row.Cloud, row.Service, row.Engine, row.Region));
        AssertAge(2, row);
        Assert.Equal(InstanceState.Ok, row.CloudState);
    }

    [Fact]
    public void An_instance_whose_list_fails_is_an_error_and_a_row()
    {
        Begin();
        AddBackup("good", -2);
        AddBackup("stuck", -2);
        Save("good", -2);
        Save("stuck", -2);
        RunThere(All).AssertSilent();
        Server.Faults.Add(new SandboxFault { Path = "/stuck/", Status = 503 });

        var result = RunThere(All);

        var error = result.SingleError("ServiceUnavailable");
        Assert.Equal(["good Ok", "stuck Unreachable"], States(result).Order());
        var row = Rows(result).Single(row => row.InstanceId == "stuck");
        Assert.Equal(error.Exception.Message, row.Problems[0]);
        Assert.Equal(1L, row.Size);
        // As the run before knew it.
        Assert.Equal(Now.AddHours(-2).ToUnixTimeSeconds(), row.LastCloudBackupTime!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public void An_instance_that_is_not_listed_any_more_is_told_once_and_then_listed()
    {
        Begin();
        AddBackup("good", -2);
        Save("good", -2);
        Save("deleted", -50);

        var first = RunThere(All);
        var second = RunThere(All);

        Assert.StartsWith(
            "Instance 'deleted' (deleted) of HuaweiCloud.Dcs is no longer listed; its files stay.",
            Assert.Single(first.Warnings));
        Assert.Equal(["good Ok", "deleted Gone"], States(first));
        second.AssertSilent();
        Assert.Equal(["good Ok", "deleted Gone"], States(second));
        Assert.Equal(["deleted Gone", "good Ok"], States(RunThere("Get-BackupStatus")));
    }

    [Fact]
    public void A_list_of_instances_that_cannot_be_read_is_told_and_not_replaced()
    {
        Begin();
        AddBackup("good", -2);
        Save("good", -2);
        string list = Path.Combine(Folder, CatalogFolder.Name, "instances.json");
        File.WriteAllText(list, "{");

        var result = RunThere(All);
        var report = RunThere("Export-BackupReport report.html -CatalogPath .");

        Assert.Equal(["good Ok"], States(result));
        Assert.StartsWith($"'{list}' is not what Get-BackupStatus wrote", Assert.Single(result.Warnings));
        Assert.StartsWith($"'{list}' is not what Get-BackupStatus wrote", Assert.Single(report.Warnings));
        Assert.True(File.Exists(Path.Combine(Folder, "report.html")));
        Assert.Equal("{", File.ReadAllText(list));
    }

    [Fact]
    public void A_service_that_lists_no_instance_is_an_alarm_every_night()
    {
        Begin();
        Save("good", -2);
        for (int night = 0; night < 2; night++)
        {
            var result = RunThere(All);

            result.AssertSilent();
            Assert.Equal(["good Unreachable"], States(result));
        }
    }

    [Fact]
    public void A_list_that_fails_makes_its_instances_unreachable_and_no_others()
    {
        Begin();
        Server.Cloud.Remove(RdsInstanceId);
        Server.Cloud.AddRdsInstance("rds", "rds", "MySQL");
        Save("dcs", -2);
        Save("capital", -2, "CapitalOnline.Redis");
        Server.Faults.Add(new SandboxFault { Path = "/dcs/", Status = 503 });

        var result = RunThere("Get-CloudInstance Dcs, Rds -MaximumRetryCount 0 | Get-BackupStatus");

        result.SingleError("ServiceUnavailable");
        Assert.Equal(["capital Ok", "dcs Unreachable"], States(result).Where(row => row[0] is 'c' or 'd').Order());
        Assert.Contains(
            Rows(result),
            row => row is { InstanceId: "capital", CloudState: InstanceState.NotAsked });
    }

    [Fact]
    public void A_narrow_list_and_one_that_was_cut_short_say_nothing_of_others()
    {
        Begin();
        Server.Cloud.AddDcsInstance("good", "good");
        AddBackup("good", -2);
        AddBackup("other", -2);
        Save("good", -2);
        Save("other", -2);

        var narrow = RunThere("Get-CloudInstance HuaweiCloud.Dcs -Name good | Get-BackupStatus");
        Server.Paging = new() { MostOnAPage = 1 };
        Module.Run("Import-Module -Assembly $args[0]", typeof(SelectFirstCommand).Assembly);
        var cut = RunThere("Get-CloudInstance HuaweiCloud.Dcs | Select-First 1 | Get-BackupStatus");

        foreach (var result in (RunResult[])[narrow, cut])
        {
            result.AssertSilent();
            Assert.Equal(
                [InstanceState.Ok, InstanceState.NotAsked],
                result.Output.Select(item => ((InstanceStatus)item.BaseObject).CloudState));
        }
    }

    [Fact]
    public void A_command_for_one_service_says_what_is_gone_of_it_and_nothing_of_other_services()
    {
        AddVault();
        Save("deleted", -2);
        Save("rds", -2, "HuaweiCloud.Rds");

        var result = RunThere("Get-DcsInstance | Get-BackupStatus");

        Assert.StartsWith("Instance 'deleted' (deleted)", Assert.Single(result.Warnings));
        Assert.Equal(["deleted Gone", "rds Ok"], States(result).Where(row => !row.StartsWith(DcsInstanceId)));
        Assert.Equal("NotAsked", result.Output[^1].Properties["CloudState"].Value);
    }

    [Fact]
    public void What_was_saved_from_the_cloud_and_tested_has_its_instance_and_its_age()
    {
        AddVault();
        Module.Run("$global:PSDefaultParameterValues = @{ 'Get-CloudInstance:Service' = 'HuaweiCloud.Dcs' }");

        var result = RunThere("""
            $null = Get-CloudInstance | Get-CloudBackup -Latest | Get-BackupLink | Save-BackupFile -Destination . -Test
            Get-CloudInstance | Get-BackupStatus -MaximumAge 5000d
            """);

        result.AssertSilent();
        var row = result.Single<InstanceStatus>();
        Assert.Equal((DcsInstanceId, Region), (row.InstanceId, row.Region));
        // The newest attempt of the sample, in the cloud.
        Assert.Contains("failed", Assert.Single(row.Problems));
        Assert.Equal(row.LastCloudBackupTime, row.LastBackupTime);
        Assert.Equal(BackupKind.Full, Assert.Single(row.Backups, backup => backup.State == InstanceState.Ok).Kind);
    }

    [Fact]
    public void Without_the_pipeline_the_rows_are_those_of_the_catalog_and_no_request_is_sent()
    {
        Save("good", -2);
        Save("old", -50);
        Save("untested", -2, test: null);
        File.Delete(Save("lost", -2));
        File.AppendAllText(Save("changed", -2), "more");
        int before = Server.Requests.Count;

        var result = RunThere("Get-BackupStatus");

        result.AssertSilent();
        Assert.Equal(
            ["changed Damaged", "good Ok", "lost Missing", "old Stale", "untested NotTested"], States(result));
        Assert.All(result.Output, item => Assert.Equal("NotAsked", item.Properties["CloudState"].Value));
        Assert.Equal(before, Server.Requests.Count);
    }

    [Fact]
    public void Instances_that_were_read_back_have_rows_and_make_no_other_gone()
    {
        Begin();
        AddBackup("good", -2);
        Save("good", -2);
        Save("other", -2);

        var result = RunThere("""
            $copies = [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize(@(Get-CloudInstance HuaweiCloud.Dcs)))
            $copies | Get-BackupStatus
            """);

        result.AssertSilent();
        Assert.Equal(["good Ok", "other Ok"], States(result));
        Assert.Equal("NotAsked", result.Output[1].Properties["CloudState"].Value);
    }

    [Fact]
    public void Age_is_by_the_clock_of_the_service()
    {
        Begin();
        Server.Clock.Offset = TimeSpan.FromHours(10);
        AddBackup("good", -20);
        Save("good", -20);

        var result = RunThere(All);

        Assert.Equal(["good Stale"], States(result));
        AssertAge(30, Rows(result).Single());
    }

    [Fact]
    public void The_callers_age_and_ratio_count()
    {
        foreach (int hours in (int[])[-30, -54, -78, -102])
            Save("x", hours, content: hours == -30 ? "123" : "1234567890");

        Assert.Equal(["x Stale"], States(RunThere("Get-BackupStatus")));
        Assert.Equal(["x Suspicious"], States(RunThere("Get-BackupStatus -MaximumAge 2d")));
        Assert.Equal(["x Ok"], States(RunThere("Get-BackupStatus -MaximumAge 2d -MinimumSizeRatio 0.3")));
    }

    [Fact]
    public void A_folder_without_a_catalog_is_a_warning_and_a_folder_that_is_not_there_an_error()
    {
        Assert.Contains("has a catalog", Assert.Single(RunThere("Get-BackupStatus").Warnings));
        RunThere("Get-BackupStatus nowhere").SingleError("FileNotFound");
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public void An_object_that_is_not_an_instance_is_an_error_and_the_others_continue()
    {
        Begin();
        AddBackup("good", -2);
        Save("good", -2);

        var result = RunThere("& { 'text'; Get-CloudInstance HuaweiCloud.Dcs } | Get-BackupStatus");

        result.SingleError("InvalidRequest");
        Assert.Equal(["good Ok"], States(result));
    }

    [Fact]
    public void The_table_shows_state_age_size_and_problems()
    {
        Save("old", -50.5);

        RunThere("Get-BackupStatus | Out-Default");

        string screen = Regex.Replace(Module.Screen, "\u001b\\[[0-9;]*m", "");
        Assert.Matches(@"Stale\s+NotAsked\s+old\s+5\d h \d+ min\s+1 B\s+The newest good", screen);
        Assert.Equal("a (and 2 more)", Display.First(new[] { "a", "b", "c" }));
        Assert.Equal("a\nb", Display.Lines(new[] { "a", "b" }));
    }

    private void Begin()
    {
        AddVault();
        Server.Cloud.Remove(DcsInstanceId);
    }

    // The clock of a service has whole seconds, and a busy machine takes its time.
    private static void AssertAge(int hours, InstanceStatus row) => Assert.InRange(
        row.Age!.Value, TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1),
        TimeSpan.FromHours(hours) + TestTimeout.Hang);
}
