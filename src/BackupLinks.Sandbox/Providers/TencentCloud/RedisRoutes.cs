using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>TencentDB for Redis.</summary>
internal sealed class RedisRoutes(SandboxServer server) : TencentRoutes(server, server.Cloud.Of<RedisFleet>())
{
    private const string Standalone = "crs-5a4py64p";
    private const string Cluster = "crs-cluster01";

    public override string ApiName => "redis";

    public override string Version => "2018-04-12";

    private protected override string NoInstance => "ResourceNotFound.InstanceNotExists";

    private protected override TimeSpan LinkLifetime => TimeSpan.FromHours(6);

    private protected override CosLinkForm LinkForm => new(IsOneParameter: true);

    public override void AddSample()
    {
        var now = DateTimeOffset.UtcNow;
        Fleet.Instances[Standalone] = new() { Name = "prod-carts", Status = "2", Type = "standalone" };
        Fleet.Instances[Cluster] = new() { Name = "prod-likes", Status = "2", Type = "cluster" };
        Add(Standalone, "678362566-696298532-848117", new() { Type = "1", CreatedAt = now.AddHours(-5) },
            new SandboxObject("redis-backup-1250000000", "250/redis/1/carts.rdb", 70_000));
        Add(Standalone, "678362566-696298532-848116", new() { Type = "0", Status = "4", CreatedAt = now.AddDays(-1) },
            new SandboxObject("redis-backup-1250000000", "250/redis/1/carts-older.rdb", 9_000));
        Add(Standalone, "678362566-696298532-848118", new() { Type = "1", Status = "-1", CreatedAt = now.AddDays(-9) });
        Add(Standalone, "678362566-696298532-848119", new() { Type = "1", Status = "1", CreatedAt = now.AddHours(-6) });
        Add(Cluster, "678362567-696298533-900000", new() { Type = "1", CreatedAt = now.AddHours(-5) },
            [.. Enumerable.Range(0, 3).Select(shard => new SandboxObject(
                "redis-backup-1250000000", $"250/redis/2/likes-{shard}.rdb", 4_000 + shard))]);

        void Add(string instance, string backup, SandboxBackupFacts facts, params SandboxObject[] files) =>
            Fleet.AddBackup(
                Server.Cloud, instance, backup, facts, [.. files.Select(file => new SandboxBackupFile(file, null))]);
    }

    public override object? Handle(TencentSignature.Call call) => call.Action switch
    {
        "DescribeInstances" => ListInstances(call),
        "DescribeInstanceBackups" => Find(call, "InstanceId", (id, instance) => ListBackups(call, id, instance)),
        "DescribeBackupUrl" => Find(call, "InstanceId", (id, _) => ListFiles(call, id)),
        _ => null,
    };

    private object ListInstances(TencentSignature.Call call) => Page(
        call, "InstanceSet",
        [
            .. Instances.Where(entry => Value(call, "InstanceId") is var id && (id.Length == 0 || id == entry.Key))
                .Select(entry => new Dictionary<string, object?>
                {
                    ["InstanceId"] = entry.Key,
                    ["InstanceName"] = entry.Value.Name,
                    ["Status"] = int.Parse(entry.Value.Status, CultureInfo.InvariantCulture),
                    ["Region"] = call.Region,
                    ["RegionId"] = 1,
                    ["ProductType"] = entry.Value.Type,
                    ["Type"] = 8,
                    ["Engine"] = "Redis",
                    ["CurrentRedisVersion"] = "6.2.10",
                    ["WanIp"] = "10.0.0.8",
                    ["Port"] = 6379,
                    ["Size"] = 1024,
                    ["RedisShardNum"] = entry.Value.Type == "cluster" ? 3 : 1,
                    ["Createtime"] = Text(entry.Value.CreatedAt),
                }),
        ],
        (20, 1000), isAligned: true);

    private object ListBackups(TencentSignature.Call call, string instanceId, SandboxInstance instance)
    {
        string[] states = Values(call, "Status") is { Length: > 0 } wanted ? wanted : ["2"];
        return Page(
            call, "BackupSet",
            [
                .. BackupsOf(instance).Where(entry => states.Contains(entry.Value.Facts.Status ?? "2")).Select(
                    entry => new Dictionary<string, object?>
                    {
                        ["BackupId"] = entry.Key,
                        ["BackupType"] = entry.Value.Facts.Type,
                        ["Status"] = int.Parse(
                            entry.Value.Facts.Status ?? "2", CultureInfo.InvariantCulture),
                        ["StartTime"] = Text(entry.Value.Facts.CreatedAt),
                        ["EndTime"] = Text(entry.Value.Facts.CreatedAt.AddSeconds(21)),
                        ["ExpireTime"] = Text(entry.Value.Facts.CreatedAt.AddDays(7)),
                        ["FileType"] = "RDB-Redis 6.2",
                        // In a unit of the provider's own.
                        ["BackupSize"] = 537,
                        ["FullBackup"] = 0,
                        ["Encrypted"] = entry.Value.Facts.IsEncrypted,
                        ["Locked"] = 0,
                        ["Remark"] = "",
                        ["InstanceId"] = instanceId,
                        ["InstanceName"] = instance.Name,
                        ["InstanceType"] = 8,
                        ["Region"] = call.Region,
                    }),
            ],
            (20, 100), isAligned: true);
    }

    private object ListFiles(TencentSignature.Call call, string instanceId)
    {
        if (!Fleet.Files.TryGetValue((instanceId, Value(call, "BackupId")), out var files))
            return new TencentSignature.Refusal("InvalidParameterValue.BackupNotExists", "The backup does not exist.");
        if (files.Count == 0)
            return new TencentSignature.Refusal(
                "ResourceUnavailable.BackupStatusInvalid", "The state of the backup does not permit it.");
        return new Dictionary<string, object?>
        {
            ["BackupInfos"] = files.Select(file => new Dictionary<string, object>
            {
                ["FileName"] = file.Object.Key.Split('/')[^1],
                ["FileSize"] = file.Object.Length,
                ["DownloadUrl"] = Link(file.Object),
                ["InnerDownloadUrl"] = Link(file.Object, 1),
            }),
            ["DownloadUrl"] = files.Select(file => Link(file.Object)),
            ["InnerDownloadUrl"] = files.Select(file => Link(file.Object, 1)),
            ["Filenames"] = files.Select(file => file.Object.Key.Split('/')[^1]),
        };
    }
}

/// <summary>Redis instances of Tencent Cloud.</summary>
internal sealed class RedisFleet : TencentFleet;
