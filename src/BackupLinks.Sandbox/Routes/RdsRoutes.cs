using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>Huawei Cloud RDS: links to backup files.</summary>
internal static class RdsRoutes
{
    private const int BytesPerKilobyte = 1024;

    public static void MapRds(this WebApplication app, SandboxServer server)
    {
        app.MapRdsLists(server);
        app.MapGet(
            "/v3/{project}/backup-files",
            (HttpContext context, string project, string? backup_id) => ListFiles(context, server, project, backup_id));
    }

    private static IResult ListFiles(HttpContext context, SandboxServer server, string project, string? backupId)
    {
        if (HuaweiGate.Admit(context, server, project, "DBS.200010", "DBS.200044") is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(backupId))
            return Error(400, "DBS.280001", "Parameter error.");
        if (!server.Cloud.RdsBackups.TryGetValue(backupId, out var files))
            return Error(404, "DBS.201010", "The backup does not exist.");

        var expires = server.Clock.UtcNow + server.Cloud.RdsLinkLifetime;
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
