using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>ApsaraDB for MongoDB: replica sets, and sharded clusters, whose lists are by node.</summary>
internal sealed class MongoDbRoutes(SandboxServer server) : AlibabaRoutes(server, server.Cloud.Of<MongoDbFleet>())
{
    private const string ReplicaId = "dds-bp1a7009eb241234";
    private const string ShardedId = "dds-bp1sharded000001";
    private static readonly string[] Shards = ["d-bp128a0034361234", "d-bp128a0034361235"];

    public override string Host => "mongodb";

    public override string Version => "2015-12-01";

    private protected override (int Status, string Code) NoInstance => (404, "InvalidDBInstanceId.NotFound");

    public override void AddSample()
    {
        var fleet = Server.Cloud.Of<MongoDbFleet>();
        var now = DateTimeOffset.UtcNow;
        // One service has the other version of links.
        fleet.LinkVersion = 4;
        fleet.Instances[ReplicaId] =
            new() { Name = "prod-profiles", Status = "Running", Type = "replicate", Engine = "MongoDB" };
        fleet.Instances[ShardedId] =
            new() { Name = "prod-events", Status = "Running", Type = "sharding", Engine = "MongoDB" };
        Add(ReplicaId, "32994455", new() { Type = "Automated", CreatedAt = now.AddHours(-5) }, "hins5_data.tar.gz");
        Add(ReplicaId, "32994454", new() { Type = "Manual", CreatedAt = now.AddDays(-1) }, "hins5_data_older.tar.gz");
        Add(ReplicaId, "32994456", new() { Type = "Automated", Status = "Failed", CreatedAt = now.AddHours(-1) });
        for (int shard = 0; shard < Shards.Length; shard++)
        {
            Add(ShardedId, $"3299446{shard}",
                new() { Type = "Automated", CreatedAt = now.AddHours(-6), Name = Shards[shard] },
                $"hins6{shard}_data.tar.gz");
        }

        fleet.AddBackup(
            Server.Cloud, ShardedId, "cb-exampl0000000002", new() { Type = "Automated", CreatedAt = now.AddHours(-7) },
            [.. Shards.Select((shard, index) => new SandboxBackupFile(
                new("rdsbak-hz", $"custins5/hins7{index}_data.tar.gz", 2_048 + index), shard))]);

        var page = new DateTimeOffset(2024, 3, 8, 9, 31, 29, TimeSpan.Zero);
        AddLog(ReplicaId, "1709846151", page, null, "custins5/oplog_1709846151.bson", 1_500);
        AddLog(ReplicaId, "1709846152", now.AddHours(-9), null, "custins5/oplog_1709846152.bson", 1_600);
        foreach (string shard in Shards)
            AddLog(ShardedId, "1709846160", now.AddHours(-9), shard, $"custins5/{shard}_1709846160.bson", 1_700);

        void AddLog(string instance, string name, DateTimeOffset start, string? node, string key, long length) =>
            fleet.AddLog(
                Server.Cloud, instance,
                new AlibabaLog("DescribeBinlogFiles", name, start, new("rdslog-hz", key, length)) { Node = node });

        void Add(string instance, string backup, SandboxBackupFacts facts, params string[] files) => fleet.AddBackup(
            Server.Cloud, instance, backup, facts,
            [.. files.Select(file => new SandboxBackupFile(new("rdsbak-hz", "custins5/" + file, 8_192), null))]);
    }

    public override IResult? Handle(HttpContext context, AlibabaSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => ListInstances(context, call),
        "DescribeBackups" => Require(context, call, "DBInstanceId") ?? RequireNode(context, call)
            ?? ListBackups(context, call, "DBInstanceId", "Backups", 30, 50, 100),
        "DescribeBinlogFiles" => Require(context, call, "DBInstanceId", "StartTime", "EndTime")
            ?? RequireNode(context, call) ?? ListLogs(
                context, call, "DBInstanceId", "LogFile",
                log => new()
                {
                    ["LogFileName"] = log.Name,
                    ["FileSize"] = log.File?.Length.ToString(CultureInfo.InvariantCulture),
                    ["LogBeginTime"] = Text(log.Start),
                    ["LogEndTime"] = Text(log.End),
                    ["LogStatus"] = "Success",
                },
                "DownloadLink"),
        "DescribeClusterBackups" => Require(context, call, "DBInstanceId")
            ?? ListClusterBackups(context, call, "POST", "DBInstanceId", "BackupId", "PageNo", 30, 50, 100),
        _ => null,
    };

    private protected override bool IsListed(AlibabaSignature.Call call, SandboxBackupFacts facts) =>
        facts.Name is null || IsEqual(call, "NodeId", facts.Name);

    private static IResult? RequireNode(HttpContext context, AlibabaSignature.Call call) =>
        Value(call, "DBInstanceId") == ShardedId ? Require(context, call, "NodeId") : null;

    // The default of the page.
    private static string TypeOf(AlibabaSignature.Call call) =>
        Value(call, "DBInstanceType") is { Length: > 0 } type ? type : "replicate";

    private IResult ListInstances(HttpContext context, AlibabaSignature.Call call) => Page(
        context, call,
        [
            .. Instances
                .Where(entry => IsEqual(call, "DBInstanceId", entry.Key) && entry.Value.Type == TypeOf(call))
                .Select(entry => new Dictionary<string, object?>
                {
                    ["DBInstanceId"] = entry.Key,
                    ["DBInstanceDescription"] = entry.Value.Name,
                    ["DBInstanceStatus"] = entry.Value.Status,
                    ["DBInstanceType"] = entry.Value.Type,
                    ["Engine"] = "MongoDB",
                    ["EngineVersion"] = "6.0",
                    ["RegionId"] = Value(call, "RegionId"),
                    ["ZoneId"] = Value(call, "RegionId") + "-b",
                    ["CreationTime"] = Text(entry.Value.CreatedAt)[..16] + "Z",
                    ["ShardList"] = new Dictionary<string, object?>
                    {
                        ["ShardAttribute"] = Shards.Where(_ => entry.Key == ShardedId).Select(
                            shard => new Dictionary<string, object?> { ["NodeId"] = shard, ["NodeStorage"] = 20 }),
                    },
                }),
        ],
        "DBInstances", "DBInstance", 30, 50, 100);

    private protected override Dictionary<string, object?> Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size) => new()
    {
        ["BackupId"] = backupId,
        ["BackupName"] = $"{backupId}_data",
        ["BackupStatus"] = facts.Status ?? "Success",
        ["BackupType"] = "FullBackup",
        ["BackupMode"] = facts.Type,
        ["BackupMethod"] = "Physical",
        ["BackupSize"] = size,
        ["BackupStartTime"] = Text(facts.CreatedAt),
        ["BackupEndTime"] = Text(facts.CreatedAt.AddMinutes(3)),
        ["BackupExpireTime"] = Text(facts.CreatedAt.AddDays(7)),
        ["IsAvail"] = true,
    };

    private protected override IEnumerable<(string Name, object Value)> Totals(
        string listName, int number, int size, int count, int total) =>
        listName == "Items"
            ? [("PageNumber", number), ("MaxRecordsPerPage", size), ("TotalRecordCount", total)]
            : [("PageNumber", number), ("PageSize", size), ("TotalCount", total)];
}

/// <summary>MongoDB instances of Alibaba Cloud.</summary>
internal sealed class MongoDbFleet : AlibabaFleet;
