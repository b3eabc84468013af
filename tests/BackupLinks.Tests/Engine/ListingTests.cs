using System;
using System.Globalization;
using System.Linq;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Links;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>From nothing to a backup: what the commands that list return, and what they request.</summary>
public sealed class ListingTests : SandboxTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_four_pipelines_read_as_they_run()
    {
        var dcs = Run("Get-DcsInstance @h -Name prod-* | Get-DcsBackup @h -Latest | Get-DcsBackupLink @h");
        var rds = Run(
            "Get-RdsInstance @h | Get-RdsBackup @h -Since ([DateTime]::Now).AddDays(-1) -Type Auto | "
                + "Get-RdsBackupFile @h");
        var log = Run($"Get-DcsLog @h -InstanceId {DcsInstanceId} | Get-DcsLogLink @h");
        var cds = Run("Get-CdsInstance @o | Get-CdsBackup @o -Latest | Get-CdsBackupDownload @o -Network Intranet");

        Assert.All([dcs, rds, log, cds], result => result.AssertSilent());
        Assert.Equal(
            [DcsClusterBackupId, DcsClusterBackupId, DcsClusterBackupId],
            dcs.Output.Select(item => ((DcsBackupLink)item.BaseObject).BackupId));
        Assert.Equal([RdsBackupId, RdsBackupId], rds.Output.Select(item => ((RdsBackupFile)item.BaseObject).BackupId));
        Assert.Equal(DcsLogId, log.Single<DcsLogLink>().LogId);
        Assert.Equal(
            (CdsBackupId, "Intranet"),
            (cds.Single<CdsBackupDownload>().BackupId, cds.Single<CdsBackupDownload>().Network));
        Assert.All(
            [dcs, rds, log, cds],
            result =>
                Assert.All(
                    result.Output,
                    item => Assert.NotNull(Server.Cloud.FindObject(((DownloadLink)item.BaseObject).Uri))));
    }

    [Fact]
    public void The_four_pipelines_end_in_files()
    {
        string folder = System.IO.Directory.CreateTempSubdirectory("BackupLinks-").FullName;
        try
        {
            // As people type them: credential, region and endpoint are where they are kept.
            var result = Run($$"""
                $PSDefaultParameterValues = @{
                    'Get-Dcs*:Credential' = $c; 'Get-Dcs*:Region' = 'cn-north-4'; 'Get-Dcs*:Endpoint' = $e
                    'Get-Rds*:Credential' = $c; 'Get-Rds*:Region' = 'cn-north-4'; 'Get-Rds*:Endpoint' = $e
                    'Get-Cds*:Credential' = $cds; 'Get-Cds*:Endpoint' = $e; 'Save-BackupFile:Destination' = '{{folder}}'
                }
                Get-DcsInstance -Name prod-* | Get-DcsBackup -Latest | Get-DcsBackupLink |
                    Save-BackupFile -Destination '{{folder}}/backups'
                Get-RdsInstance | Get-RdsBackup -Since ([DateTime]::Now).AddDays(-1) -Type Auto |
                    Get-RdsBackupFile | Save-BackupFile
                Get-DcsLog -InstanceId {{DcsInstanceId}} | Get-DcsLogLink |
                    Save-BackupFile -Destination '{{folder}}/logs'
                Get-CdsInstance | Get-CdsBackup -Latest | Get-CdsBackupDownload -Network Intranet | Save-BackupFile
                """);

            result.AssertSilent();
            Assert.Equal(7, result.Output.Count);
            Assert.All(
                result.Output, item => Assert.True(System.IO.File.Exists((string)item.Properties["Path"].Value)));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Values_are_typed()
    {
        Server.Cloud.AddDcsInstance("i", "typed", "FROZEN");
        Server.Cloud.AddDcsBackup(
            "i", "b", "x", [new("b", "b.rdb", 1234)], new() { Name = "nightly", Type = "auto", CreatedAt = Noon });
        Server.Cloud.AddRdsInstance("r", "typed", "PostgreSQL", "BUILD", "Ha");
        Server.Cloud.AddRdsBackup("rb", [new(new("b", "r.bak", 5000), null)], "r", new() { CreatedAt = Noon });
        Server.Cloud.AddCdsBackup(
            CdsInstanceId, "cb", new("b", "c.rdb", 99),
            new() { Type = "auto", CreatedAt = Noon, Status = "backuping" });

        var instance = Run("Get-DcsInstance @h typed").Single<DcsInstance>();
        var backup = Run("Get-DcsBackup @h i").Single<DcsBackup>();
        var rdsInstance = Run("Get-RdsInstance @h typed").Single<RdsInstance>();
        var rds = Run("Get-RdsBackup @h r").Single<RdsBackup>();
        var cdsInstance = Run("Get-CdsInstance @o").Single<CdsInstance>();
        var cds = Run($"Get-CdsBackup @o {CdsInstanceId} -Status backuping").Single<CdsBackup>();
        var log = Run($"Get-DcsLog @h {DcsInstanceId}").Single<DcsLog>();

        Assert.Equal(
            ("i", "typed", "FROZEN", "Redis", "5.0"),
            (instance.InstanceId, instance.Name, instance.Status, instance.Engine, instance.EngineVersion));
        Assert.Equal((4L << 30, 1187L << 20, 6379), (instance.Capacity, instance.UsedMemory, instance.Port));
        Assert.Equal(new DateTimeOffset(2019, 5, 10, 8, 31, 16, 166, TimeSpan.Zero), instance.CreatedAt);
        Assert.Equal((Region, ProjectId), (instance.Region, instance.ProjectId));
        Assert.Equal(
            ("i", "b", "nightly", "auto", "succeed", true, 1234L),
            (backup.InstanceId, backup.BackupId, backup.Name, backup.Type, backup.Status, backup.IsDownloadable,
                backup.Size));
        Assert.Equal(
            (Noon, Noon.AddMinutes(3), Noon.AddSeconds(1)), (backup.CreatedAt, backup.UpdatedAt, backup.ExecutedAt));
        Assert.Equal(
            (100.0, true, "rdb", (string?)null),
            (backup.Progress, backup.IsRestorable, backup.Format, backup.ErrorCode));
        Assert.Equal(
            ("r", "BUILD", "Ha", "PostgreSQL", 100L << 30),
            (rdsInstance.InstanceId, rdsInstance.Status, rdsInstance.Type, rdsInstance.Engine, rdsInstance.VolumeSize));
        Assert.Equal(
            (5L * 1024, true, Noon, Noon.AddMinutes(3), "PostgreSQL"),
            (rds.Size, rds.IsDownloadable, rds.CreatedAt, rds.EndTime, rds.Engine));
        Assert.Equal(TimeSpan.FromHours(8), rds.StartTime!.Value.Offset);
        Assert.Equal(
            ("prod-carts", "RUNNING", "CN_Beijing_A"), (cdsInstance.Name, cdsInstance.Status, cdsInstance.RegionId));
        Assert.Equal(
            (Noon, TimeSpan.FromHours(8), false, 99L, "auto", "full-backup"),
            (cds.StartTime, cds.StartTime!.Value.Offset, cds.IsDownloadable, cds.Size, cds.Mode, cds.Type));
        Assert.Equal(
            (DcsLogId, "succeed", true, DateTime.UtcNow.Date), (log.LogId, log.Status, log.IsDownloadable, log.Date));
    }

    [Fact]
    public void Latest_is_the_newest_that_can_be_downloaded_whatever_the_order()
    {
        foreach (var (id, hours, status) in new[] { ("old", -9, null), ("failed", -1, "failed"), ("good", -3, null),
        ("going", 0, "backuping"), ("gone", -2, "deleted"), ("expired", -2, "expired"), ("older", -4, null) })
        {
            var facts = new SandboxBackupFacts { CreatedAt = Noon.AddHours(hours),
            Type = id == "old" ? "auto" : "manual", Status = status };
            Server.Cloud.AddDcsBackup("i", id, "x", [], facts);
            Server.Cloud.AddRdsBackup(
                id, [new(new("b", id, 1), null)], "r", facts with { Status = status is null ? null : "FAILED" });
            Server.Cloud.AddCdsBackup("c", id, new("b", id, 1), facts);
        }

        Assert.Equal("good", Run("Get-DcsBackup @h i -Latest").Single<DcsBackup>().BackupId);
        Assert.Equal("good", Run("Get-RdsBackup @h r -Latest").Single<RdsBackup>().BackupId);
        Assert.Equal("good", Run("Get-CdsBackup @o c -Latest").Single<CdsBackup>().BackupId);
        Assert.Equal("old", Run("Get-DcsBackup @h i -Latest -Type auto").Single<DcsBackup>().BackupId);
        Assert.Equal(["old", "good"], Ids(Run("Get-DcsBackup @h i -Latest -Type Auto, Manual")));
        Assert.Equal(["good", "old"], Ids(Run("Get-RdsBackup @h r -Latest -Type Manual, Auto")));
        Assert.Equal(["old", "good"], Ids(Run("Get-CdsBackup @o c -Latest -Type auto, manual")));
        Assert.Equal(
            "older", Run($"Get-DcsBackup @h i -Latest -Until '{Noon.AddHours(-4):O}'").Single<DcsBackup>().BackupId);
        var none = Run("Get-DcsBackup @h i -Latest -Status failed");
        Assert.Empty(none.Output);
        Assert.Equal(["Instance 'i' has no backup that can be downloaded among the requested ones."], none.Warnings);
    }

    [Fact]
    public void Incremental_backups_are_asked_for_by_name_and_can_be_downloaded()
    {
        foreach (string engine in new[] { "MySQL", "SQLServer" })
        {
            Server.Cloud.AddRdsInstance(engine, engine, engine);
            Server.Cloud.AddRdsBackup(
                engine + "full", [new(new("b", engine, 1), null)], engine, new() { Type = "auto", CreatedAt = Noon });
            Server.Cloud.AddRdsBackup(
                engine + "inc", [new(new("b", engine, 1), null)], engine,
                new() { Type = "incremental", CreatedAt = Noon });
        }

        Assert.Equal(["MySQLfull"], Ids(Run("Get-RdsBackup @h MySQL")));
        var result = Run("Get-RdsBackup @h MySQL, SQLServer -Type Incremental, Auto");

        Assert.Equal(["MySQLinc", "MySQLfull", "SQLServerinc", "SQLServerfull"], Ids(result));
        Assert.Equal(
            [true, true, true, true], result.Output.Select(item => ((RdsBackup)item.BaseObject).IsDownloadable));
    }

    [Fact]
    public void Times_are_taken_as_local_and_sent_in_the_vendors_zone()
    {
        Server.Cloud.AddDcsBackup("i", "b", "x", [], new() { CreatedAt = Noon });
        Server.Cloud.AddRdsBackup("b", [new(new("b", "b", 1), null)], "r", new() { CreatedAt = Noon });
        string since = Noon.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        var result = Run($"""
            $from = [DateTime] '{since}'
            Get-DcsBackup @h i -Since $from -Until $from.AddMinutes(1).AddMilliseconds(1)
            Get-RdsBackup @h r -Since '{since}' -Until ([DateTimeOffset] '{Noon.AddHours(1):O}')
            Get-DcsBackup @h i -Since ([DateTime] '{since}').AddMilliseconds(1)
            Get-RdsBackup @h r -Until ([DateTime] '{since}').AddMilliseconds(-1)
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["b", "b"], Ids(result));
        var targets = Server.Requests.Select(request => request.Target).Where(target => target.Contains("backups"))
            .ToArray();
        Assert.Contains("begin_time=20260301120000&end_time=20260301120101&", targets[0]);
        Assert.Contains(
            "begin_time=2026-03-01T20%3A00%3A00%2B0800&end_time=2026-03-01T21%3A00%3A00%2B0800&", targets[1]);
        Assert.Contains("begin_time=20260301120000&limit", targets[2]);
        Assert.Contains("end_time=2026-03-01T20%3A00%3A00%2B0800&", targets[3]);
    }

    [Fact]
    public void Since_after_Until_sends_nothing()
    {
        Run("Get-DcsBackup @h i -Since ([DateTime]::Now) -Until ([DateTime]::Now).AddDays(-1)").SingleError(
            "InvalidRequest");
        Run("Get-DcsLog @h i -Since ([DateTime]::Now) -Until ([DateTime]::Now).AddDays(-1)").SingleError(
            "InvalidRequest");

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Logs_are_chosen_by_day()
    {
        for (int day = 1; day <= 5; day++)
            Server.Cloud.AddDcsLog("i", "l" + day, new("b", $"run-{day}.log", 1), new DateTime(2026, 3, day));

        var result = Run(
            "Get-DcsLog @h i -Since '2026-03-02 17:00' -Until ([DateTime] '2026-03-04'); Get-DcsLog @h i -Name run-5*");

        Assert.Equal(["l4", "l3", "l2", "l5"], result.Output.Select(item => ((DcsLog)item.BaseObject).LogId));
    }

    [Theory]
    [InlineData("Get-DcsInstance @h PROD-*, x* -Status running -Engine redis", "prod-a,prod-sessions")]
    [InlineData("Get-DcsInstance @h -Status FROZEN, ERROR", "prod-b")]
    [InlineData("Get-DcsInstance @h -Name '*-[bc]'", "prod-b,test-c")]
    [InlineData("Get-DcsInstance @h -Engine Memcached", "test-c")]
    [InlineData("Get-DcsInstance @h -InstanceId ib, ia", "prod-b,prod-a")]
    [InlineData("Get-DcsInstance @h nothing-*", "")]
    [InlineData("Get-RdsInstance @h -Engine mysql", "ra")]
    [InlineData("Get-RdsInstance @h -Type ha -Status active", "ra")]
    [InlineData("Get-CdsInstance @o prod-* -Status RUNNING", "prod-carts")]
    [InlineData("Get-CdsInstance @o -InstanceId c2", "test")]
    public void Instances_are_chosen_by_name_state_and_engine(string command, string names)
    {
        Server.Cloud.AddDcsInstance("ia", "prod-a");
        Server.Cloud.AddDcsInstance("ib", "prod-b", "FROZEN");
        Server.Cloud.AddDcsInstance("ic", "test-c", "RUNNING", "Memcached");
        Server.Cloud.AddRdsInstance("ra", "ra", "MySQL", type: "Ha");
        Server.Cloud.AddCdsInstance("c2", "test", "STOPPED");

        var result = Run(command);

        Assert.Empty(result.Errors);
        Assert.Equal(names, string.Join(',', result.Output.Select(item => item.Properties["Name"].Value)));
    }

    [Fact]
    public void Backups_are_chosen_by_name_state_and_engine()
    {
        foreach (var (id, status) in new[] { ("nightly-1", null), ("nightly-2", "FAILED"), ("hand", null) })
        {
            var facts = new SandboxBackupFacts { Name = id, Status = status, CreatedAt = Noon };
            Server.Cloud.AddDcsBackup("i", id, "x", [], facts);
            Server.Cloud.AddRdsBackup(id, [new(new("b", id, 1), null)], "r", facts);
        }

        Assert.Equal(["nightly-1"], Ids(Run("Get-DcsBackup @h i -Name Night* -Status SUCCEED")));
        Assert.Equal(["nightly-2"], Ids(Run("Get-RdsBackup @h r -Status failed")));
        Assert.Equal(3, Run("Get-RdsBackup @h r -Engine MySQL").Output.Count);
        Assert.Empty(Run("Get-RdsBackup @h r -Engine PostgreSQL").Output);
    }

    [Fact]
    public void Id_that_is_not_there_is_its_own_error()
    {
        var instances = Run(
            $"Get-DcsInstance @h -InstanceId gone, {DcsInstanceId}; Get-RdsInstance @h -InstanceId gone; "
                + "Get-CdsInstance @o -InstanceId gone");
        var backups = Run(
            $"'gone', '{DcsInstanceId}' | Get-DcsBackup @h -Latest; Get-RdsBackup @h gone; Get-CdsBackup @o gone; "
                + "Get-DcsLog @h gone; Get-DcsBackup @h '', 'a/b'");

        Assert.Single(instances.Output);
        Assert.Single(backups.Output);
        Assert.Equal(["gone", "gone", "gone"], instances.Errors.Select(error => error.TargetObject));
        Assert.All(instances.Errors, error => Assert.StartsWith("NotFound,", error.FullyQualifiedErrorId));
        Assert.Equal(["gone", "gone", "gone", "gone", "", "a/b"], backups.Errors.Select(error => error.TargetObject));
        Assert.Equal(
            ["NotFound", "NotFound", "NotFound", "NotFound", "InvalidRequest", "InvalidRequest"],
            backups.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal("DCS.3022", ((ApiException)backups.Errors[0].Exception).ErrorCode);
        Assert.All(instances.Errors.Concat(backups.Errors), error => Assert.Matches(@"^[^\n]+\.$", error.ToString()));
    }

    [Theory]
    [InlineData("dcs")]
    [InlineData("rds")]
    [InlineData("cds")]
    public void Object_that_comes_back_from_CliXml_still_binds(string provider)
    {
        string pipeline = provider switch
        {
            "dcs" => "Get-DcsInstance @h | again | Get-DcsBackup @h -Latest | again | Get-DcsBackupLink @h",
            "rds" => "Get-RdsInstance @h | again | Get-RdsBackup @h -Latest | again | Get-RdsBackupFile @h",
            _ => "Get-CdsInstance @o | again | Get-CdsBackup @o -Latest | again | Get-CdsBackupDownload @o",
        };

        var result = Run(Again + pipeline);

        result.AssertSilent();
        Assert.NotEmpty(result.Output);
    }

    private static string[] Ids(RunResult result) =>
        [.. result.Output.Select(item => (string)item.Properties["BackupId"].Value)];
}
