using System;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>Redis of Capital Online.</summary>
internal sealed class RedisRoutes() : DatabaseRoutes<RedisFleet>("/redis")
{
    private protected override void AddSample(SandboxCloud cloud, RedisFleet fleet)
    {
        cloud.AddCdsInstance(CapitalOnlineSamples.CdsInstanceId, "prod-carts");
        cloud.AddCdsBackup(
            CapitalOnlineSamples.CdsInstanceId, CapitalOnlineSamples.CdsBackupId,
            new("cds-redis-backup", "redis/2020-08-21/dump.rdb", 176),
            new() { CreatedAt = DateTimeOffset.UtcNow.AddHours(-2) });
    }

    private protected override object Describe(string instanceId, SandboxInstance instance) => new
    {
        CloneServices = (string?)null,
        CreatedTime = Text(instance.CreatedAt),
        DisplayName = "中国大陆-北京-可用区A",
        IP = instance.Ip,
        InpaasId = "3cd1dac1-b549-4229-ab0f-2a8ef4ee7f57",
        InstanceName = instance.Name,
        InstanceUuid = instanceId,
        LinkType = "default_link",
        LinkTypeStr = "默认链路",
        MasterInfo = "",
        Port = 6379,
        ProjectName = "默认项目组",
        Ram = 1024,
        RegionId = "CN_Beijing_A",
        RelationService = (string?)null,
        ResourceId = "b1f7b8a0-4f0d-4f3e-9d2c-7c1f5a5e0c11",
        RoGroups = (string?)null,
        instance.Status,
        StatusStr = "运行中",
        SubProductKey = "redis-replication",
        SubProductName = "Redis 主从版",
        Tags = new[] { new { TagID = 24644, TagName = Tag } },
        VdcId = "a6b7d0e2-0c0e-4f3c-9a53-5b2f0cd5d2a1",
        VdcName = "北京A-PAAS",
        Version = "4.0",
    };

    private protected override object Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size) => new
    {
        BackupId = backupId,
        BackupMode = facts.Type,
        BackupSize = size,
        BackupType = "full-backup",
        Desc = facts.Name ?? "",
        EndTime = Text(facts.CreatedAt.AddSeconds(17)),
        InstanceId = instanceId,
        StartTime = Text(facts.CreatedAt),
        Status = facts.Status ?? "finished",
    };

    private protected override object Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size, string address,
        string intranetAddress) => new
    {
        BackupDownloadUrl = address,
        BackupId = backupId,
        BackupIntranetDownloadUrl = intranetAddress,
        BackupMode = facts.Type,
        BackupSize = size,
        BackupType = "full-backup",
        Desc = facts.Name ?? "",
        EndTime = Text(facts.CreatedAt.AddSeconds(17)),
        InstanceId = instanceId,
        ShardId = "",
        StartTime = Text(facts.CreatedAt),
        Status = facts.Status ?? "finished",
    };
}

/// <summary>Redis instances of Capital Online.</summary>
internal sealed class RedisFleet : DatabaseFleet;
