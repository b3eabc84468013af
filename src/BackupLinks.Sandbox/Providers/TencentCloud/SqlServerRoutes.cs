using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>TencentDB for SQL Server. Its offsets are numbers of pages, from 0, and its sizes are in KB.</summary>
internal sealed class SqlServerRoutes(SandboxServer server) : TencentRoutes(server, server.Cloud.Of<SqlServerFleet>())
{
    private const string InstanceId = "mssql-si2823jyl";
    private const string LogBackups = "2";
    private const string Bucket = "sqlserver-backup-1250000000";

    public override string ApiName => "sqlserver";

    public override string Version => "2018-03-28";

    private protected override string NoInstance => "ResourceNotFound.InstanceNotFound";

    private protected override TimeSpan LinkLifetime => TimeSpan.FromMinutes(15);

    public override void AddSample()
    {
        var now = DateTimeOffset.UtcNow;
        Fleet.Instances[InstanceId] = new() { Name = "prod-erp", Status = "2", Type = "HA" };
        Add("12445251", new() { Type = "0", CreatedAt = now.AddHours(-4) }, ("erp_20240115.bak.tar", 20_480, null));
        Add("12445250", new() { Type = "1", CreatedAt = now.AddDays(-1) }, ("erp_20240114.bak.tar", 10_240, null));
        Add("12445249", new() { Type = "0", Status = "2", CreatedAt = now.AddDays(-2) });
        Add("16556099469691", new() { Type = "0", CreatedAt = now.AddDays(-3) },
            ("erp_stock.bak", 4_096, "stock"), ("erp_hr.bak", 2_048, "hr"));
        Fleet.SetLogs(
            Server.Cloud, InstanceId, LogBackups,
            [.. Enumerable.Range(0, 3).Select(i => new SandboxTencentLog(
                new SandboxObject(Bucket, $"log/erp_log_{3 - i}.trn", 2_048 + (1_024 * i)), now.AddHours(-i * 30))
            {
                Id = (12446003 - i).ToString(CultureInfo.InvariantCulture),
            })]);

        void Add(
            string backup, SandboxBackupFacts facts, params (string Name, long Length, string? Database)[] files) =>
            Fleet.AddBackup(
                Server.Cloud, InstanceId, backup, facts,
                [.. files.Select(file => new SandboxBackupFile(
                    new SandboxObject(Bucket, "full/" + file.Name, file.Length), file.Database))]);
    }

    public override object? Handle(TencentSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => ListInstances(call),
        "DescribeBackups" => Find(call, "InstanceId", (id, instance) => ListBackups(call, id, instance)),
        "DescribeBackupFiles" => Find(call, "InstanceId", (id, _) => ListFiles(call, id)),
        _ => null,
    };

    private object ListInstances(TencentSignature.Call call)
    {
        string[] ids = Values(call, "InstanceIdSet");
        return Page(
            call, "DBInstances",
            [
                .. Instances.Where(entry => ids.Length == 0 || ids.Contains(entry.Key)).Select(
                    entry => new Dictionary<string, object?>
                    {
                        ["InstanceId"] = entry.Key,
                        ["Name"] = entry.Value.Name,
                        ["Status"] = int.Parse(entry.Value.Status, CultureInfo.InvariantCulture),
                        ["InstanceType"] = entry.Value.Type,
                        ["Version"] = "2019",
                        ["VersionName"] = "SQL Server 2019 Enterprise",
                        ["Region"] = call.Region,
                        ["Zone"] = call.Region + "-3",
                        ["Vip"] = "10.0.0.10",
                        ["Vport"] = 1433,
                        ["CreateTime"] = Text(entry.Value.CreatedAt),
                    }),
            ],
            (100, 100), countsPages: true);
    }

    private object ListBackups(TencentSignature.Call call, string instanceId, SandboxInstance instance)
    {
        string start = Value(call, "StartTime");
        string end = Value(call, "EndTime");
        if (start.Length == 0 || end.Length == 0)
            return Missing(start.Length == 0 ? "StartTime" : "EndTime");
        string wanted = Value(call, "BackupId");
        if (Value(call, "Type") == LogBackups)
            return ListLogs(call, instanceId, wanted, (start, end));
        return Page(
            call, "Backups",
            [
                .. BackupsOf(instance).Where(entry => wanted.Length == 0
                        || (entry.Key == wanted && !IsSet(Fleet.Files[(instanceId, entry.Key)])))
                    .Where(entry => string.CompareOrdinal(Text(entry.Value.Facts.CreatedAt), start) >= 0
                        && string.CompareOrdinal(Text(entry.Value.Facts.CreatedAt), end) <= 0)
                    .Select(entry => Describe(instanceId, entry.Key, entry.Value.Facts, entry.Value.Size)),
            ],
            (20, 100), countsPages: true);
    }

    private object ListLogs(
        TencentSignature.Call call, string instanceId, string wanted, (string Start, string End) times) => Page(
        call, "Backups",
        [
            .. Fleet.Logs.GetValueOrDefault((instanceId, LogBackups), [])
                .Where(log => wanted.Length == 0 || log.Id == wanted)
                .Where(log => string.CompareOrdinal(Text(log.Start), times.Start) >= 0
                    && string.CompareOrdinal(Text(log.Start), times.End) <= 0)
                .Select(log => new Dictionary<string, object?>
                {
                    ["FileName"] = log.Name,
                    ["Size"] = log.Object.Length / 1024,
                    ["StartTime"] = Text(log.Start),
                    ["EndTime"] = Text(log.Start.AddMinutes(1)),
                    ["ExternalAddr"] = Link(log.Object),
                    ["InternalAddr"] = Link(log.Object, 1),
                    ["Id"] = long.Parse(log.Id!, CultureInfo.InvariantCulture),
                    ["Status"] = 1,
                    ["DBs"] = new[] { "stock" },
                    ["Strategy"] = 0,
                    ["StorageStrategy"] = 0,
                    ["BackupWay"] = 0,
                    ["BackupName"] = "log-" + log.Id,
                    ["GroupId"] = "",
                    ["BackupFormat"] = "pkg",
                    ["Region"] = "ap-guangzhou",
                    ["CrossBackupAddr"] = Array.Empty<object>(),
                }),
        ],
        (20, 100), countsPages: true);

    private Dictionary<string, object?> Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size)
    {
        var files = Fleet.Files[(instanceId, backupId)];
        bool isSet = IsSet(files);
        var whole = isSet ? null : files.FirstOrDefault()?.Object;
        return new()
        {
            ["FileName"] = whole?.Key.Split('/')[^1] ?? "",
            ["Size"] = isSet ? 0 : size / 1024,
            ["StartTime"] = Text(facts.CreatedAt),
            ["EndTime"] = Text(facts.CreatedAt.AddMinutes(1)),
            ["ExternalAddr"] = whole is null ? "" : Link(whole),
            ["InternalAddr"] = whole is null ? "" : Link(whole, 1),
            ["Id"] = isSet ? 0 : long.Parse(backupId, CultureInfo.InvariantCulture),
            ["Status"] = facts.Status is { } status ? int.Parse(status, CultureInfo.InvariantCulture) : 1,
            ["DBs"] = files.Select(file => file.DatabaseName).OfType<string>(),
            ["Strategy"] = isSet ? 1 : 0,
            ["StorageStrategy"] = 0,
            ["BackupWay"] = int.Parse(facts.Type, CultureInfo.InvariantCulture),
            ["BackupName"] = "backup-" + backupId,
            ["GroupId"] = isSet ? backupId : "",
            ["BackupFormat"] = isSet ? "single" : "pkg",
            ["Region"] = "ap-guangzhou",
            ["CrossBackupAddr"] = Array.Empty<object>(),
        };
    }

    private static bool IsSet(IEnumerable<SandboxBackupFile> files) => files.Any(file => file.DatabaseName is not null);

    private object ListFiles(TencentSignature.Call call, string instanceId)
    {
        string group = Value(call, "GroupId");
        if (group.Length == 0)
            return Missing("GroupId");
        if (!Fleet.Files.TryGetValue((instanceId, group), out var files))
            return new TencentSignature.Refusal("ResourceNotFound.BackupNotFound", "The backup does not exist.");
        return Page(
            call, "BackupFiles",
            [
                .. files.Select((file, i) => new Dictionary<string, object?>
                {
                    ["Id"] = 500 + i,
                    ["FileName"] = file.Object.Key.Split('/')[^1],
                    ["Size"] = file.Object.Length / 1024,
                    ["DBs"] = new[] { file.DatabaseName },
                    ["DownloadLink"] = Link(file.Object),
                    ["Region"] = call.Region,
                    ["CrossBackupAddr"] = Array.Empty<object>(),
                }),
            ],
            (20, 100), countsPages: true);
    }
}

/// <summary>SQL Server instances of Tencent Cloud.</summary>
internal sealed class SqlServerFleet : TencentFleet;
