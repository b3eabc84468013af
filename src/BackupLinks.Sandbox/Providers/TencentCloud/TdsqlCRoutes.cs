using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>TDSQL-C. The signatures of its addresses cover the host.</summary>
internal sealed class TdsqlCRoutes(SandboxServer server) : TencentRoutes(server, server.Cloud.Of<TdsqlCFleet>())
{
    private const string ClusterId = "cynosdbmysql-on5xw0ni";
    private const string Bucket = "ncdb-bj-pitr-1250000000";

    public override string ApiName => "cynosdb";

    public override string Version => "2019-01-07";

    private protected override string NoInstance => "ResourceNotFound.ClusterNotFoundError";

    private protected override CosLinkForm LinkForm => new(HasHost: true);

    public override void AddSample()
    {
        var now = DateTimeOffset.UtcNow;
        Fleet.Instances[ClusterId] = new() { Name = "prod-feed", Status = "running", Type = "NORMAL" };
        Add("202401", new() { Name = "full", Type = "auto", CreatedAt = now.AddHours(-4) }, 22_000);
        Add("202400", new() { Name = "increment", Type = "auto", CreatedAt = now.AddDays(-1) }, 9_000);
        Add("202399", new() { Name = "full", Type = "manual", Status = "fail", CreatedAt = now.AddDays(-2) }, 0);
        Fleet.SetLogs(
            Server.Cloud, ClusterId, "binlog",
            new SandboxTencentLog(
                new SandboxObject(Bucket, "cynosdb/log/feed-binlog.000042", 2_200), now.AddHours(-3)) { Id = "5512" },
            new SandboxTencentLog(
                new SandboxObject(Bucket, "cynosdb/log/feed-binlog.000041", 2_201), now.AddHours(-40)) { Id = "5511" });

        void Add(string backup, SandboxBackupFacts facts, long length)
        {
            SandboxBackupFile[] files = length == 0
                ? []
                : [new(new SandboxObject(Bucket, $"cynosdb/data/feed-{backup}.xb", length), null)];
            Fleet.AddBackup(Server.Cloud, ClusterId, backup, facts, files);
        }
    }

    public override object? Handle(TencentSignature.Call call) => call.Action switch
    {
        "DescribeClusters" => ListClusters(call),
        "DescribeBackupList" => Find(call, "ClusterId", (_, cluster) => ListBackups(call, cluster)),
        "DescribeBinlogs" => Find(call, "ClusterId", (id, _) => ListLogs(call, id)),
        "DescribeBackupDownloadUrl" => Find(call, "ClusterId", (id, _) => GetUrl(
            Fleet.Files.GetValueOrDefault((id, Value(call, "BackupId")))?.FirstOrDefault()?.Object)),
        "DescribeBinlogDownloadUrl" => Find(call, "ClusterId", (id, _) => GetUrl(
            Fleet.Logs[(id, "binlog")].FirstOrDefault(log => log.Id == Value(call, "BinlogId"))?.Object)),
        _ => null,
    };

    private object ListClusters(TencentSignature.Call call)
    {
        string? wanted = (call.Parameters["Filters"] as JsonArray)?.OfType<JsonObject>()
            .FirstOrDefault(filter => filter["Names"]?[0]?.ToString() == "ClusterId")?["Values"]?[0]?.ToString();
        return Page(
            call, "ClusterSet",
            [
                .. Instances.Where(entry => wanted is null || wanted == entry.Key).Select(
                    entry => new Dictionary<string, object?>
                    {
                        ["ClusterId"] = entry.Key,
                        ["ClusterName"] = entry.Value.Name,
                        ["Status"] = entry.Value.Status,
                        ["DbMode"] = entry.Value.Type,
                        ["DbType"] = "MYSQL",
                        ["DbVersion"] = "8.0",
                        ["Region"] = call.Region,
                        ["Zone"] = call.Region + "-4",
                        ["Vip"] = "10.0.0.12",
                        ["Vport"] = 3306,
                        ["CreateTime"] = Text(entry.Value.CreatedAt),
                    }),
            ],
            (20, 100));
    }

    private object ListBackups(TencentSignature.Call call, SandboxInstance cluster) => Page(
        call, "BackupList",
        [
            .. BackupsOf(cluster).Select(entry => new Dictionary<string, object?>
            {
                ["BackupId"] = long.Parse(entry.Key, CultureInfo.InvariantCulture),
                ["BackupName"] = "feed-" + entry.Key,
                ["FileName"] = $"feed-{entry.Key}.xb",
                ["FileSize"] = entry.Value.Size,
                ["BackupType"] = "snapshot",
                ["BackupMethod"] = entry.Value.Facts.Type,
                ["SnapShotType"] = entry.Value.Facts.Name,
                ["BackupStatus"] = entry.Value.Facts.Status ?? "success",
                ["StartTime"] = Text(entry.Value.Facts.CreatedAt),
                ["FinishTime"] = Text(entry.Value.Facts.CreatedAt.AddMinutes(1)),
                ["SnapshotTime"] = Text(entry.Value.Facts.CreatedAt),
                ["EncryptKeyId"] = entry.Value.Facts.IsEncrypted ? "key-1" : "",
            }),
        ],
        (20, 100));

    private object ListLogs(TencentSignature.Call call, string clusterId) => Page(
        call, "Binlogs",
        [
            .. Fleet.Logs[(clusterId, "binlog")].Select(log => new Dictionary<string, object?>
            {
                ["BinlogId"] = long.Parse(log.Id!, CultureInfo.InvariantCulture),
                ["FileName"] = log.Name,
                ["FileSize"] = log.Object.Length,
                ["StartTime"] = Text(log.Start),
                ["FinishTime"] = Text(log.Start.AddHours(1)),
            }),
        ],
        (20, 100));

    private object GetUrl(SandboxObject? item) => item is null
        ? new TencentSignature.Refusal("ResourceNotFound.BackupNotFound", "The file does not exist.")
        : new Dictionary<string, object?> { ["DownloadUrl"] = Link(item) };
}

/// <summary>Clusters of TDSQL-C.</summary>
internal sealed class TdsqlCFleet : TencentFleet;
