using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>ApsaraDB RDS.</summary>
internal sealed class RdsRoutes(SandboxServer server) : AlibabaRoutes(server, server.Cloud.Of<RdsFleet>())
{
    private const string MySqlId = "rm-uf6wjk5xxxxxxx";
    private const string SqlServerId = "rm-bp1sqlserver0001";
    private const string BinlogAction = "DescribeBinlogFiles";
    private static readonly string[] Hosts = ["5422964", "5422965"];

    public override string Host => "rds";

    public override string Version => "2014-08-15";

    private protected override (int Status, string Code) NoInstance => (404, "InvalidDBInstanceId.NotFound");

    public override void AddSample()
    {
        var fleet = Server.Cloud.Of<RdsFleet>();
        var now = DateTimeOffset.UtcNow;
        Server.Cloud.AddAlibabaRdsInstance(MySqlId, AlibabaRdsCloud.SampleName);
        Server.Cloud.AddAlibabaRdsInstance(SqlServerId, "prod-sales", "SQLServer");
        Add(MySqlId, "321020562", new() { Type = "Automated", CreatedAt = now.AddHours(-4) },
            new SandboxBackupFile(new("rdsbak-sh", "custins2/hins2_data.tar.gz", 2_167_808), null));
        Add(MySqlId, "321020561", new() { Type = "Manual", CreatedAt = now.AddDays(-1) },
            new SandboxBackupFile(new("rdsbak-sh", "custins2/hins2_data_older.tar.gz", 9_000), null));
        Add(MySqlId, "321020563", new() { Type = "Automated", Status = "Failed", CreatedAt = now.AddHours(-1) });
        Add(SqlServerId, "321020570", new() { Type = "Automated", CreatedAt = now.AddHours(-3) },
            new SandboxBackupFile(new("rdsbak-hz", "custins3/sales_whole.zip", 6_000), null),
            new SandboxBackupFile(new("rdsbak-hz", "custins3/sales_db.zip", 4_000), "sales"),
            new SandboxBackupFile(new("rdsbak-hz", "custins3/hr_db.zip", 2_000), "hr"));

        var page = new DateTimeOffset(2018, 10, 31, 8, 40, 0, TimeSpan.Zero);
        AddLog(MySqlId, BinlogAction, "mysql-bin.000217", page, "custins2/hins5422964_mysql-bin.000217.tar", 53_495);
        for (int i = 0; i < 3; i++)
        {
            // Both hosts have files of the same name.
            string name = $"mysql-bin.{300 + i:000000}";
            foreach (string host in Hosts)
            {
                AddLog(
                    MySqlId, BinlogAction, name, now.AddHours((4 * i) - 10), $"custins2/hins{host}_{name}.tar", 5_000,
                    host);
            }
        }

        AddLog(MySqlId, BinlogAction, "mysql-bin.000303", now.AddHours(-1), null, 0);
        AddLog(
            MySqlId, "DescribeSQLLogFiles", "custins2_20240115.csv", page, "custins2/custins2_20240115.csv", 700);
        AddLog(SqlServerId, "DescribeLogBackupFiles", "", now.AddHours(-8), "custins3/sales_log_1.zip", 900);
        AddLog(SqlServerId, "DescribeLogBackupFiles", "", now.AddHours(-4), "custins3/sales_log_2.zip", 901);

        void AddLog(
            string instance, string action, string name, DateTimeOffset start, string? key, long length,
            string? host = null) =>
            fleet.AddLog(Server.Cloud, instance, new AlibabaLog(
                action, name, start, key is null ? null : new SandboxObject("rdslog-sh", key, length))
            {
                Node = host ?? Hosts[0],
            });

        void Add(string instance, string backup, SandboxBackupFacts facts, params SandboxBackupFile[] files) =>
            fleet.AddBackup(Server.Cloud, instance, backup, facts, files);
    }

    public override IResult? Handle(HttpContext context, AlibabaSignature.Call call) => call.Action switch
    {
        "DescribeDBInstances" => Require(context, call, "RegionId") ?? ListInstances(context, call),
        "DescribeBackups" => Require(context, call, "DBInstanceId")
            ?? ListBackups(context, call, "DBInstanceId", "Items", 30, 50, 100),
        BinlogAction => Require(context, call, "DBInstanceId", "StartTime", "EndTime")
            ?? RequireEngine(context, call, "MySQL") ?? ListLogs(
                context, call, "DBInstanceId", "BinLogFile",
                log => Times(
                    log, "LogBeginTime", "LogEndTime", ("LogFileName", log.Name), ("FileSize", log.File?.Length),
                    ("HostInstanceID", log.Node), ("RemoteStatus", log.File is null ? "Uploading" : "Completed"),
                    ("Checksum", log.File?.Crc64.ToString(CultureInfo.InvariantCulture))),
                "DownloadLink", "IntranetDownloadLink", "LinkExpiredTime"),
        "DescribeLogBackupFiles" => Require(context, call, "DBInstanceId", "StartTime", "EndTime")
            ?? RequireEngine(context, call, "SQLServer") ?? ListLogs(
                context, call, "DBInstanceId", "BinLogFile",
                log => Times(log, "LogBeginTime", "LogEndTime", ("FileSize", log.File?.Length)),
                "DownloadLink", "IntranetDownloadLink", "LinkExpiredTime"),
        "DescribeSQLLogFiles" => Require(context, call, "DBInstanceId") ?? ListLogs(
            context, call, "DBInstanceId", "LogFile",
            log => Times(log, "LogStartTime", "LogEndTime", ("FileID", log.Name), ("LogStatus", "Success"),
                ("LogSize", log.File?.Length.ToString(CultureInfo.InvariantCulture))),
            "LogDownloadURL"),
        _ => null,
    };

    // The page of each action says which engines it is for, and not what others get.
    private IResult? RequireEngine(HttpContext context, AlibabaSignature.Call call, string engine) =>
        Server.Cloud.Of<RdsFleet>().Instances.TryGetValue(Value(call, "DBInstanceId"), out var instance)
            && instance.Engine != engine
            ? AlibabaSandbox.Error(
                context, 403, "OperationDenied.DBInstanceEngine", "The operation is not permitted for the engine.")
            : null;

    private static Dictionary<string, object?> Times(
        AlibabaLog log, string start, string end, params (string Name, object? Value)[] members)
    {
        var entry = members.ToDictionary(member => member.Name, member => member.Value);
        (entry[start], entry[end]) = (Text(log.Start), Text(log.End));
        return entry;
    }

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
            ? (facts.Checksum ?? whole.Object.Crc64.ToString(CultureInfo.InvariantCulture)) : null,
    };

    // All three are text.
    private protected override IEnumerable<(string Name, object Value)> Totals(
        string listName, int number, int size, int count, int total) =>
        [("PageNumber", $"{number}"), ("PageRecordCount", $"{count}"), ("TotalRecordCount", $"{total}")];
}

/// <summary>RDS instances of Alibaba Cloud.</summary>
internal sealed class RdsFleet : AlibabaFleet;
