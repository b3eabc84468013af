using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud DDS: instances, backups, and links to backup files.</summary>
internal static class DdsRoutes
{
    /// <summary>A DDS instance, a cluster.</summary>
    public const string InstanceId = "befb1cfe1f96403780396b0c54f85d11in02";

    /// <summary>Its backup: one file a shard, and one of the config servers.</summary>
    public const string BackupId = "bd062e1af2d248b3bb4cd3dbb4183888br02";

    private const string Bucket = "ddsbucket.cn.north.4";
    private const int BytesPerKilobyte = 1024;
    private const int LinkMinutes = 15;

    /// <summary>Adds the lists, whose paths other services have, too.</summary>
    public static void MapDdsLists(this IEndpointRouteBuilder app, SandboxServer server) =>
        new DatabaseRoutes(server, server.Cloud.Of<DdsFleet>())
        {
            InstanceTypes = ["Sharding", "ReplicaSet", "Single"],
            TypeMember = "mode",
            BackupTypes = ["Auto", "Manual", "Incremental"],
            HiddenTypes = ["Incremental"],
            ToSize = static bytes => (bytes + BytesPerKilobyte - 1) / BytesPerKilobyte,
            TimeFormat = "yyyy-MM-dd HH:mm:ss",
            Zone = TimeSpan.Zero,
            DeniedCode = "DBS.280032",
            ProjectCode = "DBS.280015",
            Decorate = static (_, item) => item["engine"] = "wiredTiger",
        }.MapLists(app);

    /// <summary>Adds the links.</summary>
    public static void MapDds(this IEndpointRouteBuilder app, SandboxServer server) => app.MapGet(
        "/v3/{project}/backups/download-file",
        (HttpContext context, string project, string? instance_id, string? backup_id) =>
            ListFiles(context, server, project, instance_id, backup_id));

    /// <summary>Adds the logs, whose paths other services have, too.</summary>
    public static void MapDdsLogs(this IEndpointRouteBuilder app, SandboxServer server)
    {
        var logs = new DatabaseLogRoutes(server, id => server.Cloud.Of<DdsFleet>().ContainsKey(id), Bucket)
        {
            Nodes = ["prod-catalog_shard_1_node_1", "prod-catalog_shard_2_node_1"],
            ToSize = static bytes =>
                Math.Round(bytes / (double)BytesPerKilobyte, 2).ToString(CultureInfo.InvariantCulture),
            AuditMembers = ("audit_logs", "total_record", "start_time"),
            AuditSizeUnit = 1,
            LinkLifetime = TimeSpan.FromMinutes(LinkMinutes),
        };
        logs.MapExport(app, "errorlog-download");
        logs.MapExport(app, "slowlog-download");
        logs.MapAudit(app, "auditlog", "auditlog-links");
    }

    public static void AddSample(SandboxCloud cloud)
    {
        var fleet = cloud.Of<DdsFleet>();
        var now = DateTimeOffset.UtcNow;
        fleet.AddInstance(InstanceId, "prod-catalog", "normal", "Sharding", "DDS-Community");
        fleet.AddBackup(
            cloud, InstanceId, BackupId, new() { Type = "Auto", CreatedAt = now.AddHours(-6) },
            File("shard_1", 1_500_001), File("shard_2", 1_048_576), File("config", 20_480));
        fleet.AddBackup(
            cloud, InstanceId, "ce062e1af2d248b3bb4cd3dbb4183888br02",
            new() { Type = "Manual", CreatedAt = now.AddHours(-50), Status = "DISABLED" });
        fleet.AddBackup(
            cloud, InstanceId, "df062e1af2d248b3bb4cd3dbb4183888br02",
            new() { Type = "Incremental", CreatedAt = now.AddHours(-2) },
            (new(Bucket, "df062e1af2d248b3bb4cd3dbb4183888br02.tar.gz", 40_960), "shard_1"));

        static (SandboxObject, string?) File(string group, int length) =>
            (new(Bucket, $"{BackupId}_{group}.tar.gz", length), group);
    }

    private static IResult ListFiles(
        HttpContext context, SandboxServer server, string project, string? instanceId, string? backupId)
    {
        if (HuaweiGate.Admit(context, server, project, "DBS.280032", "DBS.280015") is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(instanceId) || string.IsNullOrEmpty(backupId))
            return Error(400, "DBS.200001", "Parameter error.");
        var fleet = server.Cloud.Of<DdsFleet>();
        if (!fleet.TryGetValue(instanceId, out var instance))
            return Error(404, "DBS.200002", "The DB instance does not exist.");
        if (!instance.Backups.ContainsKey(backupId) || !fleet.Files.TryGetValue(backupId, out var files))
            return Error(400, "DBS.201214", "The backup file does not exist.");

        var expires = server.Clock.UtcNow.AddMinutes(LinkMinutes);
        return Results.Json(new
        {
            files = files.Select(file => new
            {
                name = file.Object.Key,
                size = (file.Object.Length + BytesPerKilobyte - 1) / BytesPerKilobyte,
                download_link = PresignedLink.Create(server.Address, file.Object, expires, "AccessKeyId"),
                link_expired_time =
                    expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0000",
                group_id = GroupId(file.Group),
                group_name = file.Group,
            }),
            bucket = Bucket,
        });
    }

    private static string GroupId(string? group) => group switch
    {
        "shard_1" => "5b8e1f0c2d734c1f9a6e7d30b1c2a4f6gr02",
        "shard_2" => "6c9f201d3e845d20ab7f8e41c2d3b507gr02",
        _ => "7da0312e4f956e31bc809f52d3e4c618gr02",
    };

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message }, statusCode: status);
}
