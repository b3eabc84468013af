using System;
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
            "DownloadBackup" => DownloadBackup(server, query["InstanceUuid"].ToString(), query["BackupId"].ToString()),
            var other => Error(400, "UnsupportedOperation", $"unsupported action {other}"),
        };
    }

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
