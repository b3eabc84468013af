using System;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>MySQL of Capital Online.</summary>
internal sealed class MySqlRoutes() : DatabaseRoutes<MySqlFleet>("/mysql")
{
    private const string InstanceId = "0b7c1c6e-8d1f-4a55-9f0e-3f4c6d2b7a10";
    private const string BackupId = "f2a4c8d0-5b31-4e8e-a6c7-91d0e3b5f2c4";

    private protected override void AddSample(SandboxCloud cloud, MySqlFleet fleet)
    {
        var now = DateTimeOffset.UtcNow;
        fleet.AddInstance(InstanceId, "prod-billing", "RUNNING");
        fleet.AddBackup(
            cloud, InstanceId, BackupId, new("cds-mysql-backup", "mysql/billing.xbstream", 1_048_576),
            new() { Type = "auto", CreatedAt = now.AddHours(-2) });
        fleet.AddBackup(
            cloud, InstanceId, "f2a4c8d0-5b31-4e8e-a6c7-91d0e3b5f2c5",
            new("cds-mysql-backup", "mysql/older.xbstream", 9_000),
            new() { CreatedAt = now.AddDays(-2) });
    }

    private protected override object Describe(string instanceId, SandboxInstance instance) => new
    {
        Cpu = 2,
        CreatedTime = Text(instance.CreatedAt),
        Disks = 100,
        DisplayName = "中国大陆-北京-可用区A",
        IP = instance.Ip,
        InstanceName = instance.Name,
        InstanceUuid = instanceId,
        LinkType = "default_link",
        MasterInfo = "",
        Port = 6033,
        ProjectName = "默认项目组",
        Ram = 4096,
        RegionId = "CN_Beijing_A",
        RelationService = (string?)null,
        ResourceId = "a35fca20-0d39-4e5f-8b4a-9a3a5e1b7c02",
        RoGroups = Array.Empty<object>(),
        instance.Status,
        StatusStr = "运行中",
        SubProductKey = "mysql-replication",
        SubProductName = "MySQL 主从版",
        Tags = new[] { new { TagID = 24644, TagName = Tag } },
        VdcId = "a6b7d0e2-0c0e-4f3c-9a53-5b2f0cd5d2a1",
        VdcName = "北京A-PAAS",
        Version = "5.7",
    };

    private protected override object Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size) => new
    {
        BackupFinishTime = "",
        BackupId = backupId,
        BackupMode = facts.Type,
        BackupSize = size,
        BackupStrategy = "instance",
        BackupType = "physical-backup",
        Desc = facts.Name ?? "",
        EndTime = Text(facts.CreatedAt.AddSeconds(60)),
        InstanceId = instanceId,
        StartTime = Text(facts.CreatedAt),
        Status = facts.Status ?? "finished",
    };

    private protected override object Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size, string address,
        string intranetAddress) => new
    {
        BackupDownloadUrl = address,
        BackupIntranetDownloadUrl = intranetAddress,
        BackupMode = facts.Type,
        BackupSize = size,
        BackupType = "physical-backup",
        BackupStrategy = "instance",
        Desc = facts.Name ?? "",
        StartTime = Text(facts.CreatedAt),
        EndTime = Text(facts.CreatedAt.AddSeconds(60)),
        InstanceId = instanceId,
        Status = facts.Status ?? "finished",
    };
}

/// <summary>MySQL instances of Capital Online.</summary>
internal sealed class MySqlFleet : DatabaseFleet;
