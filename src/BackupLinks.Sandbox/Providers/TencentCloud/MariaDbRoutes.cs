using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>TencentDB for MariaDB. Its addresses have all of the key as one segment.</summary>
internal sealed class MariaDbRoutes(SandboxServer server) : TencentRoutes(server, server.Cloud.Of<MariaDbFleet>())
{
    private const string InstanceId = "tdsql-ow728lmc";
    private const string Bucket = "tdsql-backup-1250000000";

    public override string ApiName => "mariadb";

    public override string Version => "2017-03-12";

    private protected override string NoInstance => "InvalidParameter.InstanceNotFound";

    private protected override TimeSpan LinkLifetime => TimeSpan.FromMinutes(15);

    private protected override CosLinkForm LinkForm => new(IsOneParameter: true);

    public override void AddSample()
    {
        var now = DateTimeOffset.UtcNow;
        Fleet.Instances[InstanceId] = new() { Name = "prod-points", Status = "2", Type = "2" };
        Add("xtrabackup/ledger+1705309200+xbstream.lz4", new() { Type = "0", CreatedAt = now.AddHours(-4) }, 15_000);
        Add("xtrabackup/ledger+1705222800+xbstream.lz4", new() { Type = "1", CreatedAt = now.AddDays(-1) }, 9_000);
        SetLogs("Binlog", "binlog/binlog.000007.lz4");
        SetLogs("Errlog", "errlog/points-error.log");
        SetLogs("Slowlog", "slowlog/points-slow.log");

        void Add(string key, SandboxBackupFacts facts, long length)
        {
            var item = new SandboxObject(Bucket, "cos_backup/tdsql/set_1/" + key, length);
            Fleet.AddBackup(Server.Cloud, InstanceId, "/" + item.Key, facts, new SandboxBackupFile(item, null));
        }

        void SetLogs(string kind, string key) => Fleet.SetLogs(
            Server.Cloud, InstanceId, kind, new SandboxTencentLog(
                new SandboxObject(Bucket, "cos_backup/tdsql/set_1/" + key, 2_500), now.AddHours(-9)));
    }

    public override object? Handle(TencentSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => ListInstances(call),
        "DescribeBackupFiles" => Find(call, "InstanceId", (id, instance) => ListFiles(call, id, instance)),
        "DescribeFileDownloadUrl" => Find(call, "InstanceId", (id, _) => GetUrl(call, id)),
        _ => null,
    };

    private object ListInstances(TencentSignature.Call call)
    {
        string[] ids = Values(call, "InstanceIds");
        return Page(
            call, "Instances",
            [
                .. Instances.Where(entry => ids.Length == 0 || ids.Contains(entry.Key)).Select(
                    entry => new Dictionary<string, object?>
                    {
                        ["InstanceId"] = entry.Key,
                        ["InstanceName"] = entry.Value.Name,
                        ["Status"] = int.Parse(entry.Value.Status, CultureInfo.InvariantCulture),
                        ["InstanceType"] = int.Parse(entry.Value.Type, CultureInfo.InvariantCulture),
                        ["DbEngine"] = "MariaDB",
                        ["DbVersion"] = "10.1",
                        ["Region"] = call.Region,
                        ["Zone"] = call.Region + "-2",
                        ["Vip"] = "10.0.0.11",
                        ["Vport"] = 3306,
                        ["CreateTime"] = Text(entry.Value.CreatedAt),
                    }),
            ],
            (20, 100));
    }

    private object ListFiles(TencentSignature.Call call, string instanceId, SandboxInstance instance)
    {
        string type = Value(call, "BackupType");
        var files = type == "Data"
            ? BackupsOf(instance).Select(entry => (
                Fleet.Files[(instanceId, entry.Key)][0].Object, entry.Value.Facts.CreatedAt,
                Manual: entry.Value.Facts.Type))
            : Fleet.Logs.GetValueOrDefault((instanceId, type), []).Select(log => (log.Object, log.Start, Manual: "0"));
        return Page(
            call, "Files",
            [
                .. files.Select(file => new Dictionary<string, object?>
                {
                    ["FilePath"] = "/" + file.Object.Key,
                    ["InstanceId"] = instanceId,
                    ["InstanceName"] = instance.Name,
                    ["InstanceStatus"] = 2,
                    ["ShardId"] = "",
                    ["FileName"] = file.Object.Key.Split('/')[^1],
                    ["FileSize"] = file.Object.Length,
                    ["BackupType"] = type,
                    ["ManualBackup"] = int.Parse(file.Manual, CultureInfo.InvariantCulture),
                    ["StartTime"] = Text(file.Item2),
                    ["EndTime"] = Text(file.Item2.AddMinutes(2)),
                    ["StorageClass"] = "STANDARD",
                }),
            ],
            (20, 100));
    }

    private object GetUrl(TencentSignature.Call call, string instanceId)
    {
        string path = Value(call, "FilePath");
        var item = Fleet.Files.GetValueOrDefault((instanceId, path))?[0].Object ?? Fleet.Logs
            .Where(entry => entry.Key.Instance == instanceId).SelectMany(entry => entry.Value)
            .FirstOrDefault(log => "/" + log.Object.Key == path)?.Object;
        return item is null
            ? new TencentSignature.Refusal("ResourceNotFound.FileNotExist", "The file does not exist.")
            : new Dictionary<string, object?> { ["PreSignedUrl"] = Link(item) };
    }
}

/// <summary>MariaDB instances of Tencent Cloud.</summary>
internal sealed class MariaDbFleet : TencentFleet;
