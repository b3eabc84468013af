using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>PolarDB, whose backups are snapshots, and whose log backups are files.</summary>
internal sealed class PolarDbRoutes(SandboxServer server) : AlibabaRoutes(server, server.Cloud.Of<PolarDbFleet>())
{
    private const string ClusterId = "pc-bp1s826a1up0exa01";
    private const string LogAction = "DescribeBackupLogs";

    public override string Host => "polardb";

    public override string Version => "2017-08-01";

    private protected override (int Status, string Code) NoInstance => (404, "InvalidDBClusterId.NotFound");

    public override void AddSample()
    {
        var fleet = Server.Cloud.Of<PolarDbFleet>();
        var now = DateTimeOffset.UtcNow;
        fleet.Instances[ClusterId] = new() { Name = "prod-ledger", Status = "Running", Type = "Normal" };
        AddBackup("111111111", new() { Type = "Automated", CreatedAt = now.AddHours(-5) });
        AddBackup("111111110", new() { Type = "Manual", CreatedAt = now.AddDays(-1) });
        // The name is that of every log.
        AddLog("1111111111", new DateTimeOffset(2020, 2, 12, 3, 54, 43, TimeSpan.Zero));
        AddLog("1111111110", new DateTimeOffset(2020, 2, 11, 3, 54, 43, TimeSpan.Zero));

        void AddBackup(string id, SandboxBackupFacts facts) => fleet.AddBackup(Server.Cloud, ClusterId, id, facts);

        void AddLog(string id, DateTimeOffset start) => fleet.AddLog(
            Server.Cloud, ClusterId,
            new AlibabaLog(LogAction, id, start, new SandboxObject("polarlog-hz", $"pc/{id}/ib_logfile1", 4_000)));
    }

    public override IResult? Handle(HttpContext context, AlibabaSignature.Call call) => call.Action switch
    {
        "DescribeDBClusters" => Require(context, call, "RegionId") ?? ListInstances(context, call),
        "DescribeBackups" => Require(context, call, "DBClusterId", "StartTime", "EndTime")
            ?? ListBackups(context, call, "DBClusterId", "Items", 30, 50, 100),
        LogAction => Require(context, call, "DBClusterId", "StartTime", "EndTime")
            ?? ListLogs(
                context, call, "DBClusterId", "BackupLog",
                log => new()
                {
                    ["BackupLogId"] = log.Name,
                    ["BackupLogName"] = "ib_logfile1",
                    ["BackupLogSize"] = log.File?.Length.ToString(CultureInfo.InvariantCulture),
                    ["BackupLogStartTime"] = Text(log.Start),
                    ["BackupLogEndTime"] = Text(log.End),
                },
                "DownloadLink", "IntranetDownloadLink", "LinkExpiredTime"),
        _ => null,
    };

    private IResult ListInstances(HttpContext context, AlibabaSignature.Call call) => Page(
        context, call,
        [
            .. Instances
                .Where(entry => Value(call, "DBClusterIds") is not { Length: > 0 } ids
                    || ids.Split(',').Contains(entry.Key))
                .Select(entry => new Dictionary<string, object?>
                {
                    ["DBClusterId"] = entry.Key,
                    ["DBClusterDescription"] = entry.Value.Name,
                    ["DBClusterStatus"] = entry.Value.Status,
                    ["Category"] = entry.Value.Type,
                    ["DBType"] = entry.Value.Engine,
                    ["DBVersion"] = "8.0",
                    ["Engine"] = "POLARDB",
                    ["DBNodeClass"] = "polar.mysql.x4.large",
                    ["DBNodeNumber"] = 2,
                    ["RegionId"] = Value(call, "RegionId"),
                    ["ZoneId"] = Value(call, "RegionId") + "-i",
                    ["CreateTime"] = Text(entry.Value.CreatedAt),
                }),
        ],
        "Items", "DBCluster", 30, 50, 100);

    private protected override Dictionary<string, object?> Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size) => new()
    {
        ["BackupId"] = backupId,
        ["DBClusterId"] = instanceId,
        ["BackupStatus"] = facts.Status ?? "Success",
        ["BackupType"] = "FullBackup",
        ["BackupMode"] = facts.Type,
        ["BackupMethod"] = "Snapshot",
        ["BackupSetSize"] = "4639948800",
        ["BackupStartTime"] = Text(facts.CreatedAt),
        ["BackupEndTime"] = Text(facts.CreatedAt.AddMinutes(1)),
        ["BackupsLevel"] = "Level-1",
        ["IsAvail"] = "1",
    };

    // All three are text.
    private protected override IEnumerable<(string Name, object Value)> Totals(
        string listName, int number, int size, int count, int total) =>
        [("PageNumber", $"{number}"), ("PageRecordCount", $"{count}"), ("TotalRecordCount", $"{total}")];
}

/// <summary>PolarDB clusters of Alibaba Cloud.</summary>
internal sealed class PolarDbFleet : AlibabaFleet;
