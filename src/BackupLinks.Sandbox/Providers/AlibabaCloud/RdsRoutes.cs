using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>ApsaraDB RDS.</summary>
internal sealed class RdsRoutes(SandboxServer server) : AlibabaRoutes(server, server.Cloud.Of<RdsFleet>())
{
    private const string MySqlId = "rm-uf6wjk5xxxxxxx";
    private const string SqlServerId = "rm-bp1sqlserver0001";

    public override string Host => "rds";

    public override string Version => "2014-08-15";

    private protected override (int Status, string Code) NoInstance => (404, "InvalidDBInstanceId.NotFound");

    public override void AddSample()
    {
        var fleet = Server.Cloud.Of<RdsFleet>();
        var now = DateTimeOffset.UtcNow;
        fleet.Instances[MySqlId] = new() { Name = "prod-orders", Status = "Running", Type = "Primary" };
        fleet.Instances[SqlServerId] =
            new() { Name = "prod-sales", Status = "Running", Type = "Primary", Engine = "SQLServer" };
        Add(MySqlId, "321020562", new() { Type = "Automated", CreatedAt = now.AddHours(-4) },
            new SandboxRdsFile(new("rdsbak-sh", "custins2/hins2_data.tar.gz", 2_167_808), null));
        Add(MySqlId, "321020561", new() { Type = "Manual", CreatedAt = now.AddDays(-1) },
            new SandboxRdsFile(new("rdsbak-sh", "custins2/hins2_data_older.tar.gz", 9_000), null));
        Add(MySqlId, "321020563", new() { Type = "Automated", Status = "Failed", CreatedAt = now.AddHours(-1) });
        Add(SqlServerId, "321020570", new() { Type = "Automated", CreatedAt = now.AddHours(-3) },
            new SandboxRdsFile(new("rdsbak-hz", "custins3/sales_whole.zip", 6_000), null),
            new SandboxRdsFile(new("rdsbak-hz", "custins3/sales_db.zip", 4_000), "sales"),
            new SandboxRdsFile(new("rdsbak-hz", "custins3/hr_db.zip", 2_000), "hr"));

        void Add(string instance, string backup, SandboxBackupFacts facts, params SandboxRdsFile[] files) =>
            fleet.AddBackup(Server.Cloud, instance, backup, facts, files);
    }

    public override IResult? Handle(HttpContext context, AlibabaSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => Require(context, call, "RegionId") ?? ListInstances(context, call),
        "DescribeBackups" => Require(context, call, "DBInstanceId")
            ?? ListBackups(context, call, "DBInstanceId", "Items", 30, 50, 100),
        _ => null,
    };

    private IResult ListInstances(HttpContext context, AlibabaSignature.Call call) => Page(
        context, call,
        [
            .. Instances
                .Where(entry => IsEqual(call, "DBInstanceId", entry.Key))
                .Where(entry => IsEqual(call, "Engine", entry.Value.Engine))
                .Select(entry => new Dictionary<string, object?>
                {
                    ["DBInstanceId"] = entry.Key,
                    ["DBInstanceDescription"] = entry.Value.Name,
                    ["DBInstanceStatus"] = entry.Value.Status,
                    ["DBInstanceType"] = entry.Value.Type,
                    ["DBInstanceClass"] = "mysql.n2.medium.1",
                    ["DBInstanceStorageType"] = "local_ssd",
                    ["Engine"] = entry.Value.Engine,
                    ["EngineVersion"] = entry.Value.Engine == "SQLServer" ? "2019_std_ha" : "8.0",
                    ["RegionId"] = Value(call, "RegionId"),
                    ["ZoneId"] = Value(call, "RegionId") + "-b",
                    ["CreateTime"] = Text(entry.Value.CreatedAt),
                    ["PayType"] = "Postpaid",
                    ["LockMode"] = "Unlock",
                    ["InsId"] = 1,
                }),
        ],
        "Items", "DBInstance", [.. Enumerable.Range(1, 100)]);

    private protected override Dictionary<string, object?> Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size) => new()
    {
        ["BackupId"] = backupId,
        ["DBInstanceId"] = instanceId,
        ["BackupStatus"] = facts.Status ?? "Success",
        ["BackupType"] = "FullBackup",
        ["BackupMode"] = facts.Type,
        ["BackupMethod"] = "Physical",
        ["BackupSize"] = size,
        ["BackupStartTime"] = Text(facts.CreatedAt),
        ["BackupEndTime"] = Text(facts.CreatedAt.AddMinutes(12)),
        ["Engine"] = Server.Cloud.Of<RdsFleet>().Instances[instanceId].Engine,
        ["HostInstanceID"] = "5422964",
        ["StorageClass"] = "0",
        ["IsAvail"] = 1,
        ["Encryption"] = "{}",
        ["Checksum"] = Server.Cloud.Of<RdsFleet>().Files[(instanceId, backupId)] is [var whole, ..]
            ? Crc64.Of(whole.Object).ToString(CultureInfo.InvariantCulture) : null,
    };

    // All three are text.
    private protected override IEnumerable<(string Name, object Value)> Totals(
        int number, int size, int count, int total) =>
        [("PageNumber", $"{number}"), ("PageRecordCount", $"{count}"), ("TotalRecordCount", $"{total}")];
}

/// <summary>RDS instances of Alibaba Cloud.</summary>
internal sealed class RdsFleet : AlibabaFleet;
