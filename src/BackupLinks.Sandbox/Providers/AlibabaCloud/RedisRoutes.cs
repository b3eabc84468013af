using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>
/// Tair and Redis: nodes with backups of their own, and clusters whose backups have those of the shards.
/// </summary>
internal sealed class RedisRoutes(SandboxServer server) : AlibabaRoutes(server, server.Cloud.Of<AlibabaRedisFleet>())
{
    private const string StandardId = "r-bp1zxszhcgatnx1234";
    private const string NodesId = "r-bp1nodes00000001";
    private const string ClusterId = "r-bp1cluster000001";
    private static readonly int[] PageSizes = [30, 50, 100, 200, 300];

    public override string Host => "r-kvstore";

    public override string Version => "2015-01-01";

    private protected override (int Status, string Code) NoInstance => (404, "InvalidInstanceId.NotFound");

    public override void AddSample()
    {
        var fleet = Server.Cloud.Of<AlibabaRedisFleet>();
        var now = DateTimeOffset.UtcNow;
        fleet.Instances[StandardId] = new() { Name = "prod-sessions", Status = "Normal", Type = "standard" };
        fleet.Instances[NodesId] = new() { Name = "prod-queue", Status = "Normal", Type = "cluster" };
        fleet.Instances[ClusterId] = new() { Name = "prod-cache", Status = "Normal", Type = "cluster" };
        Add(StandardId, "1162771701", new() { Type = "Automated", CreatedAt = now.AddHours(-5) }, "hins1_data.rdb");
        Add(StandardId, "1162771700", new() { Type = "Manual", CreatedAt = now.AddDays(-1) }, "hins1_data_older.rdb");
        Add(StandardId, "1162771702",
            new() { Type = "Automated", Status = "Failed", CreatedAt = now.AddHours(-2) });
        for (int node = 0; node < 2; node++)
        {
            Add(NodesId, $"11627718{node:00}",
                new() { Type = "Automated", CreatedAt = now.AddHours(-6), Name = $"{NodesId}-db-{node}" },
                $"hins2{node}_data.rdb");
        }

        fleet.AddBackup(
            Server.Cloud, ClusterId, "cb-exampl0000000001", new() { Type = "Automated", CreatedAt = now.AddHours(-7) },
            [.. Enumerable.Range(0, 3).Select(shard => new SandboxBackupFile(
                new("rdsbak-hz", $"custins4/hins3{shard}_data.rdb", 1_024 + shard), $"{ClusterId}-db-{shard}"))]);

        void Add(string instance, string backup, SandboxBackupFacts facts, params string[] files) => fleet.AddBackup(
            Server.Cloud, instance, backup, facts,
            [.. files.Select(file => new SandboxBackupFile(new("rdsbak-hz", "custins1/" + file, 4_096), null))]);
    }

    public override IResult? Handle(HttpContext context, AlibabaSignature.Call call) => call.Action switch
    {
        "DescribeInstances" => ListInstances(context, call),
        "DescribeBackups" => Require(context, call, "InstanceId", "StartTime", "EndTime")
            ?? ListBackups(context, call, "InstanceId", "Backups", PageSizes),
        "DescribeClusterBackupList" => Require(context, call, "RegionId", "InstanceId", "StartTime", "EndTime")
            ?? ListClusterBackups(
                context, call, "GET", "InstanceId", "ClusterBackupId", "PageNumber", [5, 10, 15, 20, .. PageSizes]),
        _ => null,
    };

    private IResult ListInstances(HttpContext context, AlibabaSignature.Call call) => Page(
        context, call,
        [
            .. Instances
                .Where(entry => Value(call, "InstanceIds") is not { Length: > 0 } ids
                    || ids.Split(',').Contains(entry.Key))
                .Select(entry => new Dictionary<string, object?>
                {
                    ["InstanceId"] = entry.Key,
                    ["InstanceName"] = entry.Value.Name,
                    ["InstanceStatus"] = entry.Value.Status,
                    ["InstanceType"] = entry.Key == StandardId ? "Redis" : "Tair",
                    ["EngineVersion"] = "5.0",
                    ["ArchitectureType"] = entry.Value.Type,
                    ["RegionId"] = Value(call, "RegionId"),
                    ["ZoneId"] = Value(call, "RegionId") + "-b",
                    ["ShardCount"] = entry.Value.Type == "cluster" ? 8 : 1,
                    ["Capacity"] = 1024,
                    ["ConnectionDomain"] = entry.Key + ".redis.rds.aliyuncs.com",
                    ["Port"] = 6379,
                    ["CreateTime"] = Text(entry.Value.CreatedAt),
                }),
        ],
        "Instances", "KVStoreInstance", [.. Enumerable.Range(1, 50)]);

    // An id is a number here.
    private protected override Dictionary<string, object?> Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size) => new()
    {
        ["BackupId"] = long.Parse(backupId, CultureInfo.InvariantCulture),
        ["BackupDBNames"] = "all",
        ["BackupStatus"] = facts.Status ?? "Success",
        ["BackupType"] = "FullBackup",
        ["BackupMode"] = facts.Type,
        ["BackupMethod"] = "Physical",
        ["BackupSize"] = size,
        ["BackupStartTime"] = Text(facts.CreatedAt),
        ["BackupEndTime"] = Text(facts.CreatedAt.AddSeconds(130)),
        ["NodeInstanceId"] = facts.Name ?? instanceId + "-0",
        ["EngineVersion"] = "5.0",
        ["BackupJobID"] = 1234,
        ["ExpectExpireTime"] = facts.CreatedAt.AddDays(7).UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture),
    };

    private protected override IEnumerable<(string Name, object Value)> Totals(
        string listName, int number, int size, int count, int total) =>
        [("PageNumber", number), ("PageSize", size), ("TotalCount", total)];
}

/// <summary>Tair and Redis instances of Alibaba Cloud.</summary>
internal sealed class AlibabaRedisFleet : AlibabaFleet;
