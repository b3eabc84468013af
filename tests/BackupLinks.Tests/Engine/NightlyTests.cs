using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using static BackupLinks.Sandbox.SandboxCloud;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// Nights of samples/nightly.ps1: what its exit code and its log say when backups stop, fail, shrink and vanish.
/// </summary>
public sealed class NightlyTests : RunbookTest
{
    private static readonly SandboxFault Gone = new()
    {
        Path = "/obs/", Status = 404, ContentType = "application/xml", Body = "<Error><Code>NoSuchKey</Code></Error>",
    };

    [Fact]
    public void Good_night_ends_with_0_and_once_more_nothing_comes_again()
    {
        Prepare();
        AddInstance("dcs-1", 1000);
        AddInstance("dcs-2", 2000);

        var (exitCode, events) = RunNightly("'Rds,Cds'");

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
                Assert.StartsWith(Path.Combine(Folder, DateTime.Now.ToString("yyyy-MM")), Text(file, "path")));
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
            4, Troubles(events).Count(trouble => trouble.StartsWith("BackupTooOld 000000", StringComparison.Ordinal)));
        Assert.Contains("NewerBackupFailed " + DcsInstanceId, Troubles(events));
        Assert.Contains("NoBackup empty", Troubles(events));
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
        Assert.Equal(["BackupTooOld stopped"], Troubles(events));
        Assert.Contains(Saved(events), file => Text(file, "instance") == "stopped");
        Assert.Equal(0, RunNightly(service, "-MaximumAge 31h").ExitCode);
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
        Assert.Equal(["NewerBackupFailed i"], Troubles(events));
    }

    [Fact]
    public void Backup_that_shrank_is_named_until_there_is_another()
    {
        Prepare();
        AddInstance("i", 10_000, hours: 20, service: "Rds");
        Assert.Equal(0, RunNightly("Rds").ExitCode);

        AddInstance("i", 4_000, hours: 10, service: "Rds");
        var shrunk = RunNightly("Rds");
        var again = RunNightly("Rds");
        AddInstance("i", 3_900, hours: 5, service: "Rds");
        var next = RunNightly("Rds");

        Assert.Equal((1, 1, 0), (shrunk.ExitCode, again.ExitCode, next.ExitCode));
        Assert.Equal(["BackupShrunk i"], Troubles(shrunk.Events));
        Assert.Equal(["BackupShrunk i"], Troubles(again.Events));
        Assert.Contains("4000 bytes", Text(shrunk.Events.Single(item => Text(item, "event") == "failed"), "message"));
    }

    [Fact]
    public void Backup_that_shrank_is_a_matter_of_the_percentage_asked_for()
    {
        Prepare();
        AddInstance("i", 10_000, hours: 20, service: "Rds");
        RunNightly("Rds");
        AddInstance("i", 4_000, hours: 10, service: "Rds");

        Assert.Equal(0, RunNightly("Rds", "-MinimumSizePercent 40").ExitCode);
        Assert.Equal(1, RunNightly("Rds", "-MinimumSizePercent 41").ExitCode);
    }

    [Fact]
    public void Shard_that_is_missing_from_a_backup_is_named()
    {
        Prepare();
        SandboxObject[] shards = [new("bucket", "a/0.rdb", 1000), new("bucket", "a/1.rdb", 1000),
        new("bucket", "a/2.rdb", 1000)];
        Server.Cloud.AddDcsInstance("i", "i");
        Server.Cloud.AddDcsBackup("i", "whole", "a/", shards, new() { CreatedAt = Now.AddHours(-20) });
        Server.Cloud.Remove(DcsInstanceId);
        Assert.Equal(0, RunNightly("Dcs").ExitCode);
        Server.Cloud.AddDcsBackup(
            "i", "two", "a/", [new("bucket", "b/0.rdb", 1000), new("bucket", "b/1.rdb", 1000)],
            new() { CreatedAt = Now.AddHours(-1) });

        var (exitCode, events) = RunNightly("Dcs");

        Assert.Equal(1, exitCode);
        Assert.Equal(["BackupShrunk i"], Troubles(events));
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
    public void Instance_that_vanished_is_named_every_night_until_it_is_forgotten()
    {
        Prepare();
        AddInstance("i", 1000, service: "Rds");
        AddInstance("stays", 1000, service: "Rds");
        RunNightly("Rds");
        Server.Cloud.Remove("i");

        var first = RunNightly("Rds");
        var second = RunNightly("Rds");
        var other = RunNightly("Cds");
        var forgotten = RunNightly("Rds", "-Forget i");

        Assert.Equal((1, 1, 0, 0), (first.ExitCode, second.ExitCode, other.ExitCode, forgotten.ExitCode));
        Assert.Equal(["InstanceGone i"], Troubles(first.Events));
        Assert.Equal(["InstanceGone i"], Troubles(second.Events));
        Assert.Equal(0, RunNightly("Rds").ExitCode);
    }

    [Fact]
    public void Instances_are_not_gone_when_their_list_failed()
    {
        Prepare();
        RunNightly("Rds");
        Server.Faults.Add(
            new SandboxFault { Path = "/v3/" + ProjectId + "/instances", Status = 403,
            Body = """{"error_code":"DBS.200010","error_msg":"No."}""" });

        var (exitCode, events) = RunNightly("Rds, Cds");

        Assert.Equal(1, exitCode);
        Assert.Equal(["AccessDenied HuaweiCloud.Rds"], Troubles(events));
        Assert.NotEmpty(Saved(events));
    }

    [Fact]
    public void File_that_vanished_from_the_store_is_named_with_its_instance_and_without_a_signature()
    {
        Prepare();
        AddInstance("here", 1000, service: "Rds");
        AddInstance("gone", 1000, service: "Rds");
        Server.Faults.Add(Gone with { Path = "gone" });

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(1, exitCode);
        Assert.Equal(["NotFound gone"], Troubles(events));
        Assert.Equal(["here"], Saved(events).Select(file => Text(file, "instance")).Where(id => id != RdsInstanceId));
    }

    [Fact]
    public void Night_that_saves_nothing_ends_with_2()
    {
        Prepare();
        Server.Faults.Add(Gone);

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(2, exitCode);
        Assert.All(Troubles(events), trouble => Assert.Equal("NotFound " + RdsInstanceId, trouble));
        Assert.Equal(2, Troubles(events).Length);
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
        Assert.Equal(["ServiceUnavailable " + CdsInstanceId], Troubles(events));
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
        Assert.Equal(["AccessDenied " + RdsInstanceId], Troubles(events));
        Assert.Equal([CdsInstanceId], Saved(events).Select(file => Text(file, "instance")));
    }

    [Fact]
    public void Service_that_lists_no_instance_is_named()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);

        var alone = RunNightly("Rds");
        var beside = RunNightly("Rds, Cds");

        Assert.Equal((2, 1), (alone.ExitCode, beside.ExitCode));
        Assert.Equal(["NoInstance HuaweiCloud.Rds"], Troubles(alone.Events));
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
    public void State_of_a_night_before_services_had_keys_still_tells_what_is_gone()
    {
        Prepare();
        File.WriteAllText(
            Path.Combine(Folder, "nightly.state.jsonl"),
            """{"service":"Rds","instance":"gone","name":"gone","backup":"b","bytes":1,"files":1}""");

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(1, exitCode);
        Assert.Equal(["InstanceGone gone"], Troubles(events));
    }

    [Fact]
    public void No_service_at_all_ends_with_2()
    {
        Prepare();

        Assert.Equal(2, RunNightly("','").ExitCode);
    }

    [Fact]
    public void Night_without_a_credential_ends_with_2()
    {
        Prepare(withVault: false);

        var (exitCode, events) = RunNightly("Dcs");

        Assert.Equal(2, exitCode);
        Assert.Equal(["started", "failed", "finished"], events.Select(item => Text(item, "event")));
        Assert.Equal(["CredentialNotFound HuaweiCloud.Dcs"], Troubles(events));
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
        using var shell = PowerShell.Create(Module.Runspace);
        shell.AddScript("param($script, $folder) $null = & $script -Destination $folder -Service Rds")
            .AddArgument(Path.Combine(Samples, "nightly.ps1")).AddArgument(Folder);

        shell.BeginInvoke();

        Assert.True(SpinWait.SpinUntil(
            () => File.Exists(Log) && Saved(Events()).Any(file => Text(file, "instance") == "quick"),
            TimeSpan.FromMinutes(2)));
        Assert.DoesNotContain(Events(), item => Text(item, "event") == "finished");
        await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang, TestContext.Current.CancellationToken);
        Assert.Equal(0, RunLockedProbe());
    }

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

        var (exitCode, events) = RunNightly("Rds", "-MinimumFreeSpace ([long]::MaxValue)");

        Assert.Equal(2, exitCode);
        Assert.Equal(["DestinationUnavailable Rds"], Troubles(events));
        Assert.True(File.Exists(Log));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void File_system_that_is_not_mounted_is_refused()
    {
        Prepare();

        var absent = RunNightly("Rds", $"-MountPoint '{Folder}'");
        var present = RunNightly("Rds", $"-MountPoint '{Path.GetPathRoot(Folder)}'");

        Assert.Equal((2, 0), (absent.ExitCode, present.ExitCode));
        Assert.Equal(["DestinationUnavailable Rds"], Troubles(absent.Events));
    }

    [Fact]
    public void Run_beside_another_ends_with_75_and_requests_nothing()
    {
        Prepare();
        using (new FileStream(
            Path.Combine(Folder, ".nightly.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
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

        var (exitCode, events) = RunNightly("Rds", $"-LogPath '{Path.Combine(Folder, "no-folder", "x.jsonl")}'");

        Assert.Equal(1, exitCode);
        Assert.Equal(["LogUnavailable Rds"], Troubles(events));
        Assert.Equal(2, Saved(events).Length);
    }

    [Fact]
    public void Lines_go_to_standard_output_on_request()
    {
        Prepare();

        var (exitCode, events) = RunNightly("Rds", "-LogPath -");

        Assert.Equal((0, 2), (exitCode, Saved(events).Length));
        Assert.False(File.Exists(Log));
    }

    [Fact]
    public void State_that_cannot_be_read_costs_the_comparison_and_no_backup()
    {
        Prepare();
        File.WriteAllText(Path.Combine(Folder, "nightly.state.jsonl"), "{\"service\":");

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(0, exitCode);
        Assert.Contains(events, item => Text(item, "event") == "warning");
    }

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    // A lock that outlived its run would make this 75.
    private int RunLockedProbe()
    {
        Server.Faults.Clear();
        return RunNightly("Rds").ExitCode;
    }

    private void AddInstance(string id, int length, int hours = 1, string? status = null, string service = "Dcs")
    {
        var facts = new SandboxBackupFacts { CreatedAt = Now.AddHours(-hours), Status = status };
        string backup = $"{id}-{hours}h";
        var item = new SandboxObject("bucket", $"{id}/{backup}.rdb", length);
        switch (service)
        {
            case "Dcs":
                Server.Cloud.AddDcsInstance(id, id);
                Server.Cloud.AddDcsBackup(id, backup, id + "/", [item], facts);
                break;
            case "Rds":
                Server.Cloud.AddRdsInstance(id, id, "MySQL");
                Server.Cloud.AddRdsBackup(backup, [new(item, null)], id, facts);
                break;
            default:
                Server.Cloud.AddCdsInstance(id, id);
                Server.Cloud.AddCdsBackup(id, backup, item, facts);
                break;
        }
    }
}
