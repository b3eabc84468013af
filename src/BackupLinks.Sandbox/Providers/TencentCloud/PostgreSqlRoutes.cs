using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>TencentDB for PostgreSQL. Its lists have nothing of an instance that is not there.</summary>
internal sealed class PostgreSqlRoutes(SandboxServer server)
    : TencentRoutes(server, server.Cloud.Of<PostgreSqlFleet>())
{
    private const string InstanceId = "postgres-oamgybor";
    private const string Bucket = "postgres-backup-gz-1250000000";

    public override string ApiName => "postgres";

    public override string Version => "2017-03-12";

    private protected override string NoInstance => "ResourceNotFound.InstanceNotFoundError";

    public override void AddSample()
    {
        var now = DateTimeOffset.UtcNow;
        Fleet.Instances[InstanceId] = new() { Name = "prod-ledger", Status = "running", Type = "primary" };
        Add("88d3a71e-b822-5728-9d41-d8cfc0d0556e", new() { Type = "automatic", CreatedAt = now.AddHours(-4) },
            "pgsql/base/ledger-base.tar.gz", 40_000);
        Add("88d3a71e-b822-5728-9d41-d8cfc0d0556d", new() { Type = "manual", CreatedAt = now.AddDays(-30) },
            "pgsql/base/ledger-base-older.tar.gz", 9_000);
        Fleet.AddBackup(
            Server.Cloud, InstanceId, "88d3a71e-b822-5728-9d41-d8cfc0d0556c",
            new() { Type = "automatic", Status = "failed", CreatedAt = now.AddDays(-2) });
        Fleet.SetLogs(
            Server.Cloud, InstanceId, "LogBackup",
            new SandboxTencentLog(new SandboxObject(Bucket, "pgsql/log/ledger_000000010000000000000002.gz", 3_000),
                now.AddHours(-2)) { Id = "7fe9a6a1-1f2d-5d36-9f2b-05c21ee0a1f3" },
            new SandboxTencentLog(new SandboxObject(Bucket, "pgsql/log/ledger_000000010000000000000001.gz", 3_001),
                now.AddHours(-40)) { Id = "7fe9a6a1-1f2d-5d36-9f2b-05c21ee0a1f2" });

        void Add(string backup, SandboxBackupFacts facts, string key, long length) => Fleet.AddBackup(
            Server.Cloud, InstanceId, backup, facts,
            new SandboxBackupFile(new SandboxObject(Bucket, key, length), null));
    }

    public override object? Handle(TencentSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => ListInstances(call),
        "DescribeBaseBackups" => ListBackups(call),
        "DescribeLogBackups" => ListLogs(call),
        "DescribeBackupDownloadURL" => Find(call, "DBInstanceId", (id, _) => GetUrl(call, id)),
        _ => null,
    };

    private object ListInstances(TencentSignature.Call call) => Page(
        call, "DBInstanceSet",
        [
            .. Instances.Where(entry => Filter(call) is not { } id || id == entry.Key).Select(
                entry => new Dictionary<string, object?>
                {
                    ["DBInstanceId"] = entry.Key,
                    ["DBInstanceName"] = entry.Value.Name,
                    ["DBInstanceStatus"] = entry.Value.Status,
                    ["DBInstanceType"] = entry.Value.Type,
                    ["DBVersion"] = "15.1",
                    ["DBEngine"] = "postgresql",
                    ["DBInstanceMemory"] = 4,
                    ["Region"] = call.Region,
                    ["Zone"] = call.Region + "-3",
                    ["CreateTime"] = Text(entry.Value.CreatedAt),
                }),
        ],
        (10, 100));

    private object ListBackups(TencentSignature.Call call) => Page(
        call, "BaseBackupSet",
        [
            .. Fleet.Instances.Where(entry => Filter(call) is not { } id || id == entry.Key)
                .SelectMany(entry => BackupsOf(entry.Value).Select(backup => (entry.Key, Backup: backup)))
                .Where(item => IsFinishedSince(call, item.Backup.Value.Facts.CreatedAt.AddMinutes(3)))
                .Select(item => new Dictionary<string, object?>
                {
                    ["DBInstanceId"] = item.Key,
                    ["Id"] = item.Backup.Key,
                    ["Name"] = "base-" + Text(item.Backup.Value.Facts.CreatedAt)[..10],
                    ["BackupMethod"] = "physical",
                    ["BackupMode"] = item.Backup.Value.Facts.Type,
                    ["State"] = item.Backup.Value.Facts.Status ?? "finished",
                    ["Size"] = item.Backup.Value.Size,
                    ["StartTime"] = Text(item.Backup.Value.Facts.CreatedAt),
                    ["FinishTime"] = Text(item.Backup.Value.Facts.CreatedAt.AddMinutes(3)),
                    ["ExpireTime"] = Text(item.Backup.Value.Facts.CreatedAt.AddDays(60)),
                }),
        ],
        (10, 100));

    private object ListLogs(TencentSignature.Call call) => Page(
        call, "LogBackupSet",
        [
            .. Fleet.Logs.Where(entry => Filter(call) is not { } id || id == entry.Key.Instance)
                .SelectMany(entry => entry.Value.Select(log => (entry.Key.Instance, Log: log)))
                .Where(item => IsFinishedSince(call, item.Log.Start.AddMinutes(10)))
                .Select(item => new Dictionary<string, object?>
                {
                    ["DBInstanceId"] = item.Instance,
                    ["Id"] = item.Log.Id,
                    ["Name"] = item.Log.Name,
                    ["BackupMethod"] = "physical",
                    ["BackupMode"] = "automatic",
                    ["State"] = "finished",
                    ["Size"] = item.Log.Object.Length,
                    ["StartTime"] = Text(item.Log.Start),
                    ["FinishTime"] = Text(item.Log.Start.AddMinutes(10)),
                    ["ExpireTime"] = Text(item.Log.Start.AddDays(7)),
                }),
        ],
        (10, 100));

    private object GetUrl(TencentSignature.Call call, string instanceId)
    {
        string id = Value(call, "BackupId");
        var item = Value(call, "BackupType") switch
        {
            "BaseBackup" => Fleet.Files.GetValueOrDefault((instanceId, id))?.FirstOrDefault()?.Object,
            "LogBackup" => Fleet.Logs.GetValueOrDefault((instanceId, "LogBackup"), [])
                .FirstOrDefault(log => log.Id == id)?.Object,
            _ => null,
        };
        return item is null
            ? new TencentSignature.Refusal("ResourceNotFound.BackupNotFoundError", "The backup does not exist.")
            : new Dictionary<string, object?> { ["BackupDownloadURL"] = Link(item, lifetime: GetLifetime(call)) };
    }

    // 0 and none are the usual lifetime.
    private static TimeSpan? GetLifetime(TencentSignature.Call call) =>
        int.TryParse(Value(call, "URLExpireTime"), out int hours) && hours > 0 ? TimeSpan.FromHours(hours) : null;

    // Without a bound, the last seven days.
    private bool IsFinishedSince(TencentSignature.Call call, DateTimeOffset time)
    {
        string bound = Value(call, "MinFinishTime") is { Length: > 0 } text
            ? text
            : Text(Server.Clock.UtcNow.AddDays(-7));
        return string.CompareOrdinal(Text(time), bound) >= 0;
    }

    private static string? Filter(TencentSignature.Call call) =>
        (call.Parameters["Filters"] as JsonArray)?.OfType<JsonObject>()
            .FirstOrDefault(filter => filter["Name"]?.ToString() == "db-instance-id")?["Values"]?[0]?.ToString();
}

/// <summary>PostgreSQL instances of Tencent Cloud.</summary>
internal sealed class PostgreSqlFleet : TencentFleet;
