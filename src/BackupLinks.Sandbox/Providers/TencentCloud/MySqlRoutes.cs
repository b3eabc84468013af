using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>TencentDB for MySQL.</summary>
internal sealed class MySqlRoutes(SandboxServer server) : TencentRoutes(server, server.Cloud.Of<MySqlFleet>())
{
    private const string InstanceId = "cdb-c1nl9rpv";
    private const string Bucket = "mysql-backup-1250000000";
    private const string Running = "RUNNING";
    private const string Audit = "audit";

    public override string ApiName => "cdb";

    public override string Version => "2017-03-20";

    private protected override string NoInstance => "InternalError.DBRecordNotExistError";

    public override void AddSample()
    {
        var now = DateTimeOffset.UtcNow;
        Server.Cloud.AddTencentMySqlInstance(InstanceId, TencentMySqlCloud.SampleName);
        Add("12445233", new() { Type = "automatic", CreatedAt = now.AddHours(-4) },
            new SandboxBackupFile(new(Bucket, "1/billing_20240115000134.xb", 310_000), null));
        Add("12445232", new() { Type = "manual", CreatedAt = now.AddDays(-1), Name = "before-upgrade" },
            new SandboxBackupFile(new(Bucket, "1/billing_20240114000134.xb", 9_000), null));
        Add("12445231", new() { Type = "automatic", Status = "FAILED", CreatedAt = now.AddDays(-2) });
        Add("12445234", new() { Type = "automatic", Status = Running, CreatedAt = now.AddDays(-3) });
        Fleet.SetLogs(
            Server.Cloud, InstanceId, "binlog",
            [.. Enumerable.Range(0, 3).Select(i => new SandboxTencentLog(
                new SandboxObject(Bucket, $"2/mysql-bin.{123 - i:000000}", 5_000 + i), now.AddHours(-i * 30)))]);
        Fleet.SetLogs(
            Server.Cloud, InstanceId, "slowlog",
            new SandboxTencentLog(new SandboxObject(Bucket, "3/billing_slow_20240115.log", 2_000), now.AddHours(-8)));
        Fleet.SetLogs(
            Server.Cloud, InstanceId, Audit,
            new SandboxTencentLog(new SandboxObject(Bucket, "4/audit_20240115.csv", 3_000), now.AddHours(-6)),
            // It is being made, and has no address yet.
            new SandboxTencentLog(new SandboxObject(Bucket, "4/audit_20240116.csv", 0), now.AddHours(-1)));

        void Add(string backup, SandboxBackupFacts facts, params SandboxBackupFile[] files) =>
            Fleet.AddBackup(Server.Cloud, InstanceId, backup, facts, files);
    }

    public override object? Handle(TencentSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => ListInstances(call),
        "DescribeBackups" => Find(call, "InstanceId", (id, instance) => ListBackups(call, id, instance)),
        "DescribeBinlogs" => Find(call, "InstanceId", (id, _) => ListLogs(call, id, "binlog")),
        "DescribeAuditLogFiles" => Find(call, "InstanceId", (id, _) => ListAudit(call, id)),
        "DescribeSlowLogs" => Find(call, "InstanceId", (id, _) => ListLogs(call, id, "slowlog")),
        _ => null,
    };

    private object ListInstances(TencentSignature.Call call)
    {
        string[] ids = Values(call, "InstanceIds");
        return Page(
            call, "Items",
            [
                .. Instances.Where(entry => ids.Length == 0 || ids.Contains(entry.Key)).Select(
                    entry => new Dictionary<string, object?>
                    {
                        ["InstanceId"] = entry.Key,
                        ["InstanceName"] = entry.Value.Name,
                        ["Status"] = int.Parse(entry.Value.Status, CultureInfo.InvariantCulture),
                        ["InstanceType"] = int.Parse(entry.Value.Type, CultureInfo.InvariantCulture),
                        ["EngineVersion"] = "8.0",
                        ["Region"] = call.Region,
                        ["Zone"] = call.Region + "-3",
                        ["Vip"] = "10.0.0.9",
                        ["Vport"] = 3306,
                        ["Memory"] = 4000,
                        ["CreateTime"] = Text(entry.Value.CreatedAt),
                    }),
            ],
            (20, 2000));
    }

    private object ListBackups(TencentSignature.Call call, string instanceId, SandboxInstance instance) => Page(
        call, "Items",
        [
            .. BackupsOf(instance).Select(entry =>
            {
                var (facts, size) = entry.Value;
                var file = Fleet.Files[(instanceId, entry.Key)].FirstOrDefault()?.Object;
                return new Dictionary<string, object?>
                {
                    ["Name"] = file?.Key.Split('/')[^1] ?? "",
                    ["Size"] = size,
                    ["Date"] = Text(facts.CreatedAt),
                    ["StartTime"] = Text(facts.CreatedAt),
                    ["FinishTime"] =
                        facts.Status == Running ? "0000-00-00 00:00:00" : Text(facts.CreatedAt.AddMinutes(2)),
                    ["BackupId"] = long.Parse(entry.Key, CultureInfo.InvariantCulture),
                    ["Status"] = facts.Status ?? "SUCCESS",
                    ["Type"] = "physical",
                    ["Method"] = "full",
                    ["Way"] = facts.Type,
                    ["ManualBackupName"] = facts.Name ?? "",
                    ["InternetUrl"] = file is null ? "" : Link(file),
                    ["IntranetUrl"] = file is null ? "" : Link(file, 1),
                    // That of an object that was stored in one piece is its entity tag.
                    ["MD5"] = file?.ETag.Trim('"') ?? "",
                    ["EncryptionFlag"] = "off",
                    ["CosStorageType"] = 0,
                    ["Progress"] = facts.Status == Running ? 40 : 100,
                    ["Region"] = call.Region,
                    ["RemoteInfo"] = Array.Empty<object>(),
                    ["InstanceId"] = instanceId,
                };
            }),
        ],
        (20, 1000));

    private object ListLogs(TencentSignature.Call call, string instanceId, string kind)
    {
        string from = Value(call, "MinStartTime");
        string to = Value(call, "MaxStartTime");
        return Page(
            call, "Items",
            [
                .. Fleet.Logs.GetValueOrDefault((instanceId, kind), [])
                    .Where(log => string.CompareOrdinal(Text(log.Start), from) >= 0)
                    .Where(log => to.Length == 0 || string.CompareOrdinal(Text(log.Start), to) <= 0)
                    .Select(log => Describe(log, kind)),
            ],
            (20, 1000));
    }

    private object ListAudit(TencentSignature.Call call, string instanceId) => Page(
        call, "Items",
        [
            .. Fleet.Logs.GetValueOrDefault((instanceId, Audit), []).Select(log => new Dictionary<string, object?>
            {
                ["FileName"] = log.Name,
                ["CreateTime"] = Text(log.Start),
                ["Status"] = log.Object.Length > 0 ? "success" : "creating",
                // In KB.
                ["FileSize"] = (log.Object.Length + 1023) / 1024,
                ["DownloadUrl"] = log.Object.Length > 0 ? Link(log.Object) : "",
                ["ErrMsg"] = "",
                ["Progress"] = log.Object.Length > 0 ? 100 : 40,
            }),
        ],
        (20, 300));

    private Dictionary<string, object?> Describe(SandboxTencentLog log, string kind)
    {
        var entry = new Dictionary<string, object?>
        {
            ["Name"] = log.Name,
            ["Size"] = log.Object.Length,
            ["Date"] = kind == "binlog" ? Text(log.Start.AddHours(1)) : Text(log.Start)[..10],
            ["InternetUrl"] = Link(log.Object),
            ["IntranetUrl"] = Link(log.Object, 1),
            ["Type"] = kind,
        };
        if (kind == "binlog")
        {
            entry["BinlogStartTime"] = Text(log.Start);
            entry["BinlogFinishTime"] = Text(log.Start.AddHours(1));
            entry["Status"] = "FINISHED";
            entry["CosStorageType"] = 0;
        }

        return entry;
    }
}

/// <summary>MySQL instances of Tencent Cloud.</summary>
internal sealed class MySqlFleet : TencentFleet;
