using System;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>Capital Online Redis: the addresses of a backup.</summary>
internal static class CdsRedisRoutes
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    public static void MapCdsRedis(this WebApplication app, SandboxServer server)
    {
        var signatures = new CapitalOnlineSignature();
        app.MapGet("/redis", (HttpContext context) => Handle(context, server, signatures));
    }

    private static IResult Handle(HttpContext context, SandboxServer server, CapitalOnlineSignature signatures)
    {
        if (signatures.Verify(context.Request, server.Cloud, server.Clock.UtcNow) is { } refusal)
            return Error(refusal.Code is "ArgMissing" or "InvalidParameter" ? 400 : 401, refusal.Code, refusal.Message);
        var query = context.Request.Query;
        return query["Action"].ToString() switch
        {
            "DescribeDBInstances" => ListInstances(server, query["InstanceUuid"].ToString()),
            "DescribeBackups" => ListBackups(server, query["InstanceUuid"].ToString()),
            "DownloadBackup" => DownloadBackup(server, query["InstanceUuid"].ToString(), query["BackupId"].ToString()),
            var other => Error(400, "UnsupportedOperation", $"unsupported action {other}"),
        };
    }

    private static IResult ListInstances(SandboxServer server, string instance) => Success(server.Cloud.CdsInstances
        .Where(entry => instance.Length == 0 || entry.Key == instance)
        .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal).ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => new
        {
            CreatedTime = Text(entry.Value.CreatedAt),
            IP = "10.241.44.4",
            InstanceName = entry.Value.Name,
            InstanceUuid = entry.Key,
            Port = 6379,
            RegionId = "CN_Beijing_A",
            Status = entry.Value.Status,
            StatusStr = "运行中",
            SubProductName = "Redis 4.0 主从版",
            VdcId = "a6b7d0e2-0c0e-4f3c-9a53-5b2f0cd5d2a1",
            Version = "4.0.11",
        }));

    private static IResult ListBackups(SandboxServer server, string instance)
    {
        if (instance.Length == 0)
            return Error(400, "ArgMissing", "InstanceUuid is required");
        if (!server.Cloud.CdsInstances.TryGetValue(instance, out var known))
            return Error(404, "ResourceNotFound", "the instance was not found");
        return Success(known.Backups
            .OrderByDescending(entry => entry.Value.Facts.CreatedAt).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new
            {
                BackupId = entry.Key,
                BackupMode = entry.Value.Facts.Type,
                BackupSize = entry.Value.Size,
                BackupType = "full-backup",
                Desc = entry.Value.Facts.Name ?? "",
                EndTime = Text(entry.Value.Facts.CreatedAt.AddSeconds(17)),
                InstanceId = instance,
                StartTime = Text(entry.Value.Facts.CreatedAt),
                Status = entry.Value.Facts.Status ?? "finished",
            }));
    }

    private static IResult Success(object data) => Results.Json(new { Code = "Success", Data = data, Message = "success", TaskId = "" }, Pascal);

    // Beijing time, without saying so.
    private static string Text(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static IResult DownloadBackup(SandboxServer server, string instance, string backup)
    {
        if (instance.Length == 0 || backup.Length == 0)
            return Error(400, "ArgMissing", "InstanceUuid and BackupId are required");
        if (!server.Cloud.CdsBackups.TryGetValue((instance, backup), out var file))
            return Error(404, "ResourceNotFound", "the backup was not found");
        var expires = server.Clock.UtcNow + LinkLifetime;
        return Results.Json(new
        {
            Code = "Success",
            Data = new
            {
                BackupDownloadUrl = PresignedLink.Create(server.Address, file, expires),
                BackupId = backup,
                BackupIntranetDownloadUrl = PresignedLink.Create(server.Address, file, expires.AddSeconds(1)),
                BackupMode = "manual",
                BackupSize = file.Length,
                BackupType = "full-backup",
                Desc = "",
                EndTime = "2020-08-21 15:59:02",
                InstanceId = instance,
                ShardId = "",
                StartTime = "2020-08-21 15:58:45",
                Status = "finished",
            },
            Message = "success",
            TaskId = "",
        }, Pascal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Pascal = new();

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { Code = code, Message = message, TaskId = "" }, Pascal, statusCode: status);
}
