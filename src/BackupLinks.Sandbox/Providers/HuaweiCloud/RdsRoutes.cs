using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud RDS: links to backup files.</summary>
internal static class RdsRoutes
{
    private const int BytesPerKilobyte = 1024;

    // Of files and of logs.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    public static void MapRds(this IEndpointRouteBuilder app, SandboxServer server)
    {
        app.MapRdsLists(server);
        var logs = new DatabaseLogRoutes(server, id => server.Cloud.Of<RdsFleet>().ContainsKey(id), "rdslogs")
        {
            AuditMembers = ("auditlogs", "total_record", "begin_time"),
            AuditLimit = 50,
            LinkLifetime = LinkLifetime,
        };
        logs.MapExport(app, "errorlog-download");
        logs.MapExport(app, "slowlog-download");
        logs.MapExport(
            app, "xellog-download",
            static bytes => (bytes / BytesPerKilobyte).ToString(CultureInfo.InvariantCulture));
        logs.MapAudit(app, "auditlog", "auditlog-links");
        logs.MapFiles(app, "slowlog-files", "SQLTrace.trc", IsSqlServer);
        logs.MapFiles(app, "xellog-files", "events.xel", IsSqlServer);
        app.MapGet(
            "/v3/{project}/backup-files",
            (HttpContext context, string project, string? backup_id) => ListFiles(context, server, project, backup_id));

        bool IsSqlServer(string id) =>
            server.Cloud.Of<RdsFleet>().TryGetValue(id, out var instance) && instance.Engine == "SQLServer";
    }

    public static void AddSample(SandboxCloud cloud)
    {
        const string Bucket = "rdsbucket.op.svc.rds.1024.cn.north.1";
        cloud.AddRdsInstance(HuaweiSamples.RdsInstanceId, "prod-orders", "SQLServer");
        cloud.AddRdsBackup(HuaweiSamples.RdsBackupId,
        [
            new(new(Bucket, "43e4feaab48f11e89039fa163ebaa7e4br01_orders.bak", 2_870_272), "orders"),
            new(new(Bucket, "43e4feaab48f11e89039fa163ebaa7e4br01_customers.bak", 524_288), "customers"),
        ], HuaweiSamples.RdsInstanceId, new() { Type = "auto", CreatedAt = DateTimeOffset.UtcNow.AddHours(-5) });
    }

    private static IResult ListFiles(HttpContext context, SandboxServer server, string project, string? backupId)
    {
        if (HuaweiGate.Admit(context, server, project, "DBS.200010", "DBS.200044") is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(backupId))
            return Error(400, "DBS.280001", "Parameter error.");
        if (!server.Cloud.Of<RdsFleet>().Files.TryGetValue(backupId, out var files))
            return Error(404, "DBS.201010", "The backup does not exist.");

        var expires = server.Clock.UtcNow + LinkLifetime;
        var beijing = expires.ToOffset(TimeSpan.FromHours(8));
        return Results.Json(new
        {
            files = files.Select(file => new
            {
                name = file.Object.Key,
                size = (file.Object.Length + BytesPerKilobyte - 1) / BytesPerKilobyte,
                download_link = PresignedLink.Create(server.Address, file.Object, expires, "AccessKeyId"),
                link_expired_time = beijing.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0800",
                database_name = file.DatabaseName,
            }),
            bucket = files.FirstOrDefault()?.Object.Bucket,
        });
    }

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message }, statusCode: status);
}
