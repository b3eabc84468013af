using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// Nights of samples/nightly.ps1: what its exit code and its log say when backups stop, fail, shrink and vanish.
/// </summary>
public sealed class NightlyTests : NightlyTest
{
    [Fact]
    public void Good_night_ends_with_0_and_once_more_nothing_comes_again()
    {
        Prepare();
        AddInstance("dcs-1", 1000);
        AddInstance("dcs-2", 2000);

        var (exitCode, events) = RunNightly("Rds,Cds");

        Assert.Equal((0, "started", "finished"), (exitCode, Text(events[0], "event"), Text(events[^1], "event")));
        var saved = Saved(events);
        Assert.NotEmpty(saved);
        Assert.All(
            saved, file =>
                Assert.Equal(
                    Text(file, "sha256"),
                    Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Text(file, "path")!)))));
        Assert.All(
            saved, file =>
                Assert.Equal(Text(file, "instance"), Path.GetFileName(Path.GetDirectoryName(Text(file, "path")))));
        Assert.All(
            saved, file =>
                Assert.StartsWith(Path.Combine(Destination, "20"), Text(file, "path")));
        Assert.All(saved, file => Assert.NotEmpty(Text(file, "backup") + Text(file, "name") + Text(file, "service")));

        var again = RunNightly("Rds, Cds");

        Assert.Equal(0, again.ExitCode);
        Assert.All(Saved(again.Events), file => Assert.Equal("AlreadyPresent", Text(file, "status")));
        Assert.Equal(saved.Length, Saved(again.Events).Length);
    }

    [Fact]
    public void Fleet_in_which_newest_backups_failed_ends_with_1_and_names_each()
    {
        Prepare();
        Server.Cloud.AddFleet(40, 80);
        Server.Cloud.AddDcsInstance("empty", "prod-empty");

        var (exitCode, events) = RunNightly("Dcs");

        Assert.Equal(1, exitCode);
        // Every tenth of the fleet, the instance of the samples whose newest backup failed an hour ago, and the one
        // without any.
        Assert.Equal(
            4, Troubles(events).Count(trouble => trouble.StartsWith("Stale 000000", StringComparison.Ordinal)));
        Assert.Contains("Failed " + DcsInstanceId, Troubles(events));
        Assert.Contains("NoBackupInCloud empty", Troubles(events));
        Assert.Equal(6, Troubles(events).Length);
        Assert.Equal(["prod-010", "prod-030", "prod-empty", "prod-sessions", "test-020", "test-040"],
            events.Where(item => Text(item, "event") == "failed").Select(item => Text(item, "name")).Order());
        // What is there is saved all the same: 40, and the three shards of the sample.
        Assert.Equal(43, Saved(events).Length);
    }

    [Theory]
    [InlineData("Dcs")]
    [InlineData("Rds")]
    [InlineData("Cds")]
    public void Backups_that_stopped_are_named_and_the_old_one_is_saved(string service)
    {
        Prepare();
        Server.Cloud.Remove(DcsInstanceId);
        AddInstance("stopped", 1000, hours: 30, service: service);

        var (exitCode, events) = RunNightly(service);

        Assert.Equal(1, exitCode);
        Assert.Equal(["Stale stopped"], Troubles(events));
        Assert.Contains(Saved(events), file => Text(file, "instance") == "stopped");
        Assert.Equal(0, RunNightly(service, "MaximumAge = '31h'").ExitCode);
    }

    [Theory]
    [InlineData("Dcs")]
    [InlineData("Rds")]
    [InlineData("Cds")]
    public void Newer_backup_that_failed_is_named_though_an_older_one_is_young_enough(string service)
    {
        Prepare();
        Server.Cloud.Remove(DcsInstanceId);
        AddInstance("i", 1000, hours: 20, service: service);
        AddInstance("i", 1000, hours: 1, status: service == "Rds" ? "FAILED" : "failed", service: service);

        var (exitCode, events) = RunNightly(service);

        Assert.Equal(1, exitCode);
        Assert.Equal(["Failed i"], Troubles(events));
    }

    [Fact]
    public void Backup_that_is_less_than_half_of_those_before_is_named()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        foreach (int hours in new[] { 20, 18, 16 })
        {
            AddInstance("i", 10_000, hours, service: "Rds");
            Assert.Equal(0, RunNightly("Rds").ExitCode);
        }

        AddInstance("i", 4_000, hours: 10, service: "Rds");
        var shrunk = RunNightly("Rds");
        AddInstance("i", 6_000, hours: 5, service: "Rds");
        var next = RunNightly("Rds");

        Assert.Equal((1, 0), (shrunk.ExitCode, next.ExitCode));
        Assert.Equal(["Suspicious i"], Troubles(shrunk.Events));
    }

    [Fact]
    public void Backup_without_a_file_and_one_without_a_byte_are_named()
    {
        Prepare();
        Server.Cloud.Remove(DcsInstanceId);
        AddInstance("good", 1000);
        Server.Cloud.AddDcsInstance("no-file", "no-file");
        Server.Cloud.AddDcsBackup("no-file", "b1", "x/", [], new() { CreatedAt = Now.AddHours(-1) });
        AddInstance("no-byte", 0, service: "Rds");

        var (exitCode, events) = RunNightly("Dcs,Rds");

        Assert.Equal(1, exitCode);
        Assert.Contains(Troubles(events), trouble => trouble.EndsWith(" no-file", StringComparison.Ordinal));
        Assert.Contains(Troubles(events), trouble => trouble.EndsWith(" no-byte", StringComparison.Ordinal));
        Assert.DoesNotContain(Troubles(events), trouble => trouble.EndsWith(" good", StringComparison.Ordinal));
        Assert.Equal(2, Troubles(events).Length);
    }

    [Fact]
    public void Instance_that_vanished_is_told_once_and_its_files_stay()
    {
        Prepare();
        AddInstance("i", 1000, service: "Rds");
        AddInstance("stays", 1000, service: "Rds");
        RunNightly("Rds");
        Server.Cloud.Remove("i");

        var first = RunNightly("Rds", "Keep = @{ Last = 1 }");
        var second = RunNightly("Rds", "Keep = @{ Last = 1 }");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        var told = Assert.Single(first.Events, item => Text(item, "message")?.Contains("(i)") == true);
        Assert.Equal(
            ("Gone", "HuaweiCloud.Rds", "i"), (Text(told, "id"), Text(told, "service"), Text(told, "instance")));
        Assert.DoesNotContain(second.Events, item => Text(item, "message")?.Contains("(i)") == true);
        Assert.Contains(
            Directory.GetFiles(Destination, "*", SearchOption.AllDirectories), path => path.Contains("i-1h"));
    }

    [Fact]
    public void Instances_are_unreachable_and_not_gone_when_their_list_failed()
    {
        Prepare();
        RunNightly("Rds");
        Server.Faults.Add(
            new SandboxFault
            {
                Path = "/v3/" + ProjectId + "/instances", Status = 403,
                Body = """{"error_code":"DBS.200010","error_msg":"No."}""",
            });

        var (exitCode, events) = RunNightly("Rds, Cds", "Keep = @{ Last = 1 }");

        Assert.Equal(1, exitCode);
        Assert.Equal(["AccessDenied HuaweiCloud.Rds", "Unreachable " + RdsInstanceId], Troubles(events));
        Assert.NotEmpty(Saved(events));
        Assert.DoesNotContain(events, item => Text(item, "event") == "removed");
    }
}
