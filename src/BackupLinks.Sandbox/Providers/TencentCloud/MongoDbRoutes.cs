using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>TencentDB for MongoDB. Its files are made by tasks, which are done at the third request for them.</summary>
internal sealed class MongoDbRoutes(SandboxServer server) : TencentRoutes(server, server.Cloud.Of<MongoDbFleet>())
{
    private const string ReplicaSet = "cmgo-p8vnipr5";
    private const string Sharded = "cmgo-sharded1";
    private const string Logical = "0";
    private const string Bucket = "mongodb-backup-1250000000";

    private readonly ConcurrentDictionary<
        (string Backup, string Shard), (DateTimeOffset Created, int Requests)> _tasks = new();

    public override string ApiName => "mongodb";

    public override string Version => "2019-07-25";

    private protected override string NoInstance => "InvalidParameterValue.NotFoundInstance";

    public override void AddSample()
    {
        var now = DateTimeOffset.UtcNow;
        Fleet.Instances[ReplicaSet] = new() { Name = "prod-events", Status = "2", Type = "0" };
        Fleet.Instances[Sharded] = new() { Name = "prod-metrics", Status = "2", Type = "1" };
        SandboxBackupFacts physical = new() { Type = "0", Method = "1", CreatedAt = now.AddHours(-4) };
        Add(ReplicaSet, $"{ReplicaSet}_2024-01-15 02:00", physical, ("events.tar.gz", 51_200));
        Add(ReplicaSet, $"{ReplicaSet}_2024-01-14 02:00", new() { Type = "1", CreatedAt = now.AddDays(-1) },
            ("events-older.tar.gz", 10_240));
        Add(ReplicaSet, $"{ReplicaSet}_2024-01-13 02:00", new()
        {
            Type = "0", Status = "3", CreatedAt = now.AddDays(-2),
        });
        Add(Sharded, $"{Sharded}_2024-01-15 02:00", new() { Type = "0", CreatedAt = now.AddHours(-4) },
            ("metrics_0.tar.gz", 4_096), ("metrics_1.tar.gz", 5_120));

        void Add(string instance, string backup, SandboxBackupFacts facts, params (string Name, long Length)[] files) =>
            Fleet.AddBackup(
                Server.Cloud, instance, backup, facts,
                [.. files.Select((file, i) => new SandboxBackupFile(
                    new SandboxObject(Bucket, "backup/" + file.Name, file.Length), $"{instance}_{i}"))]);
    }

    public override object? Handle(TencentSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => ListInstances(call),
        "DescribeDBBackups" => Find(call, "InstanceId", (id, instance) => ListBackups(call, id, instance)),
        "CreateBackupDownloadTask" => Find(call, "InstanceId", (id, _) => Create(call, id)),
        "DescribeBackupDownloadTask" => Find(call, "InstanceId", (id, _) => ListTasks(call, id)),
        _ => null,
    };

    private object ListInstances(TencentSignature.Call call)
    {
        string[] ids = Values(call, "InstanceIds");
        return Page(
            call, "InstanceDetails",
            [
                .. Instances.Where(entry => ids.Length == 0 || ids.Contains(entry.Key)).Select(
                    entry => new Dictionary<string, object?>
                    {
                        ["InstanceId"] = entry.Key,
                        ["InstanceName"] = entry.Value.Name,
                        ["Status"] = int.Parse(entry.Value.Status, CultureInfo.InvariantCulture),
                        ["ClusterType"] = int.Parse(entry.Value.Type, CultureInfo.InvariantCulture),
                        ["MongoVersion"] = "MONGO_50_WT",
                        ["Region"] = call.Region,
                        ["Zone"] = call.Region + "-2",
                        ["Vip"] = "10.0.0.13",
                        ["Vport"] = 27017,
                        ["CreateTime"] = Text(entry.Value.CreatedAt),
                        ["ReplicaSets"] = Enumerable.Range(0, entry.Value.Type == "1" ? 2 : 1)
                            .Select(i => new Dictionary<string, string> { ["ReplicaSetId"] = $"{entry.Key}_{i}" }),
                    }),
            ],
            (20, 100));
    }

    private object ListBackups(TencentSignature.Call call, string instanceId, SandboxInstance instance)
    {
        string method = Value(call, "BackupMethod");
        return Page(
            call, "BackupList",
            [
                .. BackupsOf(instance).Where(entry => method is "" || MethodOf(entry.Value.Facts) == method).Select(
                    (entry, i) => new Dictionary<string, object?>
                    {
                        ["BackupName"] = entry.Key,
                        ["InstanceId"] = instanceId,
                        ["BackupType"] = int.Parse(entry.Value.Facts.Type, CultureInfo.InvariantCulture),
                        ["BackupDesc"] = "",
                        ["BackupSize"] = entry.Value.Size / 1024,
                        ["StartTime"] = Text(entry.Value.Facts.CreatedAt),
                        ["EndTime"] = Text(entry.Value.Facts.CreatedAt.AddMinutes(4)),
                        ["Status"] = int.Parse(entry.Value.Facts.Status ?? "2", CultureInfo.InvariantCulture),
                        ["BackupMethod"] = int.Parse(MethodOf(entry.Value.Facts), CultureInfo.InvariantCulture),
                        ["BackId"] = 900 + i,
                        ["DeleteTime"] = Text(entry.Value.Facts.CreatedAt.AddDays(7)),
                        ["BackupRegion"] = call.Region,
                    }),
            ],
            (100, 100));
    }

    private static string MethodOf(SandboxBackupFacts facts) => facts.Method ?? Logical;

    private object Create(TencentSignature.Call call, string instanceId)
    {
        string backup = Value(call, "BackupName");
        if (!Fleet.Files.TryGetValue((instanceId, backup), out var files) || files.Count == 0)
            return new TencentSignature.Refusal(
                "InvalidParameterValue.BackupFileNotFound", "The backup does not exist.");
        string[] shards = [.. (call.Parameters["BackupSets"] as JsonArray ?? []).Select(
            item => item?["ReplicaSetId"]?.ToString() ?? "")];
        if (shards.Length == 0 || !shards.All(shard => files.Any(file => file.DatabaseName == shard)))
            return new TencentSignature.Refusal("InvalidParameterValue", "A replica set does not exist.");
        foreach (string shard in shards)
            _tasks[(backup, shard)] = (Server.Clock.UtcNow, 0);
        return new Dictionary<string, object?>
        {
            ["Tasks"] = shards.Select(shard => new Dictionary<string, object>
            {
                ["ReplicaSetId"] = shard, ["Status"] = 0,
            }),
        };
    }

    private object ListTasks(TencentSignature.Call call, string instanceId)
    {
        string backup = Value(call, "BackupName");
        var files = Fleet.Files.GetValueOrDefault((instanceId, backup), []);
        return Page(
            call, "Tasks",
            [
                // Tests turn the clock back: what it has not come to is not there.
                .. files.Where(file => _tasks.TryGetValue((backup, file.DatabaseName!), out var task)
                    && task.Created <= Server.Clock.UtcNow).Select(file =>
                {
                    var (created, asked) = _tasks.AddOrUpdate(
                        (backup, file.DatabaseName!), static _ => default, static (_, task) => (
                            task.Created, task.Requests + 1));
                    int status = Math.Min(asked - 1, 2);
                    return new Dictionary<string, object?>
                    {
                        ["Url"] = status == 2
                            ? CosLink.Create(Server.Address, file.Object, created, LinkLifetime) : "",
                        ["CreateTime"] = Text(created),
                        ["BackupName"] = backup,
                        ["ReplicaSetId"] = file.DatabaseName,
                        ["BackupSize"] = file.Object.Length,
                        ["Status"] = status,
                        ["Percent"] = status * 50,
                        ["TimeSpend"] = asked,
                        ["BackupMethod"] = 0,
                        ["BackupDesc"] = "",
                        ["Region"] = call.Region,
                        ["Bucket"] = Bucket,
                    };
                }),
            ],
            (20, 100));
    }
}

/// <summary>MongoDB instances of Tencent Cloud.</summary>
internal sealed class MongoDbFleet : TencentFleet;
