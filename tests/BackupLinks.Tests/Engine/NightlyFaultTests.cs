using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Nights in which lists, links and files fail, once or for good.</summary>
public sealed class NightlyFaultTests : NightlyTest
{
    private static readonly SandboxFault Gone = new()
    {
        Path = "/obs/", Status = 404, ContentType = "application/xml", Body = "<Error><Code>NoSuchKey</Code></Error>",
    };

    [Fact]
    public void File_that_vanished_from_the_store_is_named_with_its_instance_and_without_a_signature()
    {
        Prepare();
        AddInstance("here", 1000, service: "Rds");
        AddInstance("gone", 1000, service: "Rds");
        Server.Faults.Add(Gone with { Path = "gone" });

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(1, exitCode);
        Assert.Equal(["NotFound gone", "Missing gone"], Troubles(events));
        Assert.Equal(["here"], Saved(events).Select(file => Text(file, "instance")).Where(id => id != RdsInstanceId));
    }

    [Fact]
    public void Night_in_which_every_file_is_gone_needs_attention()
    {
        Prepare();
        Server.Faults.Add(Gone);

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            ["NotFound " + RdsInstanceId, "NotFound " + RdsInstanceId, "Missing " + RdsInstanceId], Troubles(events));
    }

    [Fact]
    public void Store_that_is_busy_ends_with_75()
    {
        Prepare();
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Status = 503, ContentType = "application/xml",
            Body = "<Error><Code>ServiceUnavailable</Code></Error>" });

        var (exitCode, events) = RunNightly("Cds");

        Assert.Equal(75, exitCode);
        Assert.Equal(["ServiceUnavailable " + CdsInstanceId, "Missing " + CdsInstanceId], Troubles(events));
    }

    [Fact]
    public void File_that_failed_once_is_saved_by_the_second_try_and_is_no_trouble()
    {
        Prepare();
        Server.Faults.Add(Gone with { Count = 1 });

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(0, exitCode);
        Assert.Equal(2, Saved(events).Length);
    }

    [Theory]
    [InlineData("/instances", 1)]
    [InlineData("/backups", 1)]
    [InlineData("/backup-files", 1)]
    public void List_that_failed_once_is_tried_a_second_time(string path, int count)
    {
        Prepare();
        AddInstance("other", 1000, service: "Rds");
        Server.Faults.Add(
            new SandboxFault { Path = path, Count = count, Status = 403,
            Body = """{"error_code":"DBS.200010","error_msg":"No."}""" });

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(0, exitCode);
        Assert.Equal(3, Saved(events).Length);
    }

    [Theory]
    [InlineData("/backups")]
    [InlineData("/backup-files")]
    public void List_of_one_instance_that_fails_twice_is_named_and_the_others_are_saved(string path)
    {
        Prepare();
        Server.Faults.Add(
            new SandboxFault { Path = path, Count = 2, Status = 403,
            Body = """{"error_code":"DBS.200010","error_msg":"No."}""" });

        var (exitCode, events) = RunNightly("Rds, Cds");

        Assert.Equal(1, exitCode);
        Assert.Equal(["AccessDenied " + RdsInstanceId, "Missing " + RdsInstanceId], Troubles(events));
        Assert.Equal([CdsInstanceId], Saved(events).Select(file => Text(file, "instance")));
    }

    [Fact]
    public void Service_that_is_named_and_lists_no_instance_is_trouble()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);

        Assert.Equal(["NoInstance HuaweiCloud.Rds"], Troubles(RunNightly("Rds, Cds").Events));
    }

    [Fact]
    public void Without_a_list_of_services_it_is_every_one_that_has_a_credential()
    {
        Prepare();
        Server.Cloud.Remove(DcsInstanceId);
        AddInstance("dcs", 1000);

        var (exitCode, events) = RunNightly(null);

        Assert.InRange(exitCode, 0, 1);
        Assert.Equal("all", Text(events[0], "services"));
        Assert.Subset(
            Saved(events).Select(file => Text(file, "service")!).ToHashSet(),
            new[] { "CapitalOnline.MySql", "CapitalOnline.Redis", "HuaweiCloud.Dcs", "HuaweiCloud.Rds" }.ToHashSet());
    }

    [Fact]
    public void Without_any_credential_each_place_is_named()
    {
        Prepare(withVault: false);

        var (exitCode, events) = RunNightly(null);

        Assert.Equal(2, exitCode);
        Assert.All(Troubles(events), trouble => Assert.StartsWith("CredentialNotFound ", trouble));
    }

    [Fact]
    public void No_service_at_all_ends_with_2()
    {
        Prepare();

        Assert.Equal(2, RunNightly("").ExitCode);
    }

    [Fact]
    public void Night_without_a_credential_ends_with_2()
    {
        Prepare(withVault: false);

        var (exitCode, events) = RunNightly("Dcs");

        Assert.Equal(2, exitCode);
        Assert.Equal(["started", "failed", "finished"], events.Select(item => Text(item, "event")));
        Assert.Equal(["CredentialNotFound Dcs"], Troubles(events));
    }

    [Theory]
    [InlineData("Rds, Xyz")]
    [InlineData("Xyz, Rds")]
    public void Service_that_is_not_known_is_no_loss_of_the_others(string services)
    {
        Prepare();

        var (exitCode, events) = RunNightly(services);

        Assert.Equal(1, exitCode);
        Assert.Equal(["UnknownService Xyz"], Troubles(events));
        Assert.NotEmpty(Saved(events));
    }

    [Fact]
    public void Files_of_one_name_are_kept_apart_and_all_instances_are_saved_at_once()
    {
        Prepare();
        SandboxObject[] items = [new("bucket", "a/0.bak", 1_000_000), new("bucket", "b/0.bak", 2_000_000),
        new("bucket", "c/0.bak", 3_000_000)];
        for (int i = 0; i < items.Length; i++)
        {
            Server.Cloud.AddRdsInstance($"more-{i}", $"more-{i}", "MySQL");
            Server.Cloud.AddRdsBackup(
                $"backup-{i}", [new(items[i], null)], $"more-{i}", new() { CreatedAt = Now.AddHours(-1) });
        }

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(0, exitCode);
        string?[] hashes = [.. Saved(events).Select(item => Text(item, "sha256"))];
        Assert.All(items, item => Assert.Contains(item.Sha256, hashes));
    }

    [Fact]
    public void Newer_backup_of_one_day_with_a_file_of_the_same_name_is_saved_beside_the_other()
    {
        Prepare();
        Server.Cloud.AddRdsInstance("i", "i", "MySQL");
        SandboxObject[] items = [new("bucket", "a/dump.bak", 1000), new("bucket", "b/dump.bak", 1000)];
        for (int i = 0; i < items.Length; i++)
        {
            Server.Cloud.AddRdsBackup(
                $"backup-{i}", [new(items[i], null)], "i", new() { CreatedAt = Now.AddHours(i - 5) });

            Assert.Equal(0, RunNightly("Rds").ExitCode);
        }

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(0, exitCode);
        Assert.All(Saved(events), file => Assert.Equal("AlreadyPresent", Text(file, "status")));
        Assert.Equal(items.Select(item => item.Sha256).Order(), Directory
            .GetFiles(Folder, "dump.bak", SearchOption.AllDirectories)
            .Select(path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))).Order());
    }

    [Fact]
    public async Task Line_is_logged_as_each_file_ends_while_another_instances_file_still_comes()
    {
        Prepare();
        AddInstance("quick", 1000, service: "Rds");
        AddInstance("slow", 1000, service: "Rds");
        Server.Faults.Add(new SandboxFault { Path = "slow", Delay = TimeSpan.FromMinutes(30) });
        WriteConfig("Rds");
        using var shell = PowerShell.Create(Module.Runspace);
        shell.AddScript("param($script, $config) $null = & $script -ConfigPath $config")
            .AddArgument(Path.Combine(Samples, "nightly.ps1")).AddArgument(Config);

        shell.BeginInvoke();

        Assert.True(SpinWait.SpinUntil(
            () => File.Exists(Log) && Saved(Events()).Any(file => Text(file, "instance") == "quick"),
            TimeSpan.FromMinutes(2)));
        Assert.DoesNotContain(Events(), item => Text(item, "event") == "finished");
        await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang, TestContext.Current.CancellationToken);
        // A lock that outlived its run would be trouble.
        Server.Faults.Clear();
        // A file that the stop kept from the catalog would be tested at once, and what the sandbox stores has no
        // format.
        var (exitCode, events) = RunNightly("Rds", "ScrubDays = 0");
        Assert.Empty(events.Where(item => Text(item, "event") == "failed").Select(item => item.ToString()));
        Assert.Contains(Saved(events), file => Text(file, "instance") == "slow");
        Assert.Equal(0, exitCode);
    }
}
