using System;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>Capital Online Redis: the addresses of a backup.</summary>
internal static class CdsRedisRoutes
{
    private const string Tag = "test_tag";
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    /// <summary>True for requests to Capital Online: by the path of its service, or by an action in the query.</summary>
    public static bool Owns(HttpRequest request) =>
        request.Path.StartsWithSegments("/redis") || (request.Query.ContainsKey("Action") && request.Query.ContainsKey("AccessKeyId"));

    public static void MapCdsRedis(this WebApplication app, SandboxServer server)
    {
        var signatures = new CapitalOnlineSignature();
        // The vendor's samples request /redis/, its Go client /redis. Actions by POST are not among those here.
        app.MapMethods("/redis", ["GET", "POST"], (HttpContext context) => Handle(context, server, signatures));
    }

    private static IResult Handle(HttpContext context, SandboxServer server, CapitalOnlineSignature signatures)
    {
        if (signatures.Verify(context.Request, server.Cloud, server.Clock.UtcNow) is { } refusal)
            return Error(refusal.Code is "ArgMissing" or "InvalidParameter" ? 400 : 401, refusal.Code, refusal.Message);
        var query = context.Request.Query;
        // A parameter that is sent twice counts once.
        string instance = query["InstanceUuid"].FirstOrDefault() ?? "";
        return (context.Request.Method, query["Action"].FirstOrDefault()) switch
        {
            ("GET", "DescribeDBInstances") => ListInstances(server, query),
            ("GET", "DescribeBackups") => ListBackups(server, instance),
            ("GET", "DownloadBackup") => DownloadBackup(server, instance, query["BackupId"].FirstOrDefault() ?? ""),
            (_, var other) => Error(400, "UnsupportedOperation", $"unsupported action {other}"),
        };
    }

    // The page of the vendor names the filters; its sample finds addresses by a part of them.
    private static IResult ListInstances(SandboxServer server, IQueryCollection query) => Success(server.Cloud.CdsInstances
        .Where(entry => query.IsEqual("InstanceUuid", entry.Key) && query.IsPart("InstanceName", entry.Value.Name))
        .Where(entry => query.IsPart("IP", entry.Value.Ip) && query.IsEqual("TagName", Tag))
        .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal).ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => new
        {
            CloneServices = (string?)null,
            CreatedTime = Text(entry.Value.CreatedAt),
            DisplayName = "中国大陆-北京-可用区A",
            IP = entry.Value.Ip,
            InpaasId = "3cd1dac1-b549-4229-ab0f-2a8ef4ee7f57",
            InstanceName = entry.Value.Name,
            InstanceUuid = entry.Key,
            LinkType = "default_link",
            LinkTypeStr = "默认链路",
            MasterInfo = "",
            Port = 6379,
            ProjectName = "默认项目组",
            Ram = 1024,
            RegionId = "CN_Beijing_A",
            RelationService = (string?)null,
            ResourceId = "b1f7b8a0-4f0d-4f3e-9d2c-7c1f5a5e0c11",
            RoGroups = (string?)null,
            Status = entry.Value.Status,
            StatusStr = "运行中",
            SubProductKey = "redis-replication",
            SubProductName = "Redis 主从版",
            Tags = new[] { new { TagID = 24644, TagName = Tag } },
            VdcId = "a6b7d0e2-0c0e-4f3c-9a53-5b2f0cd5d2a1",
            VdcName = "北京A-PAAS",
            Version = "4.0",
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

    // The samples of the lists have no task.
    private static IResult Success(object data) => Results.Json(new { Code = "Success", Data = data, Message = "success" }, Pascal);

    // Beijing time, without saying so.
    private static string Text(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static IResult DownloadBackup(SandboxServer server, string instance, string backup)
    {
        if (instance.Length == 0 || backup.Length == 0)
            return Error(400, "ArgMissing", "InstanceUuid and BackupId are required");
        if (!server.Cloud.CdsBackups.TryGetValue((instance, backup), out var file))
            return Error(404, "ResourceNotFound", "the backup was not found");
        var facts = server.Cloud.CdsInstances[instance].Backups[backup].Facts;
        var expires = server.Clock.UtcNow + LinkLifetime;
        return Results.Json(new
        {
            Code = "Success",
            Data = new
            {
                BackupDownloadUrl = PresignedLink.Create(server.Address, file, expires),
                BackupId = backup,
                BackupIntranetDownloadUrl = PresignedLink.Create(server.Address, file, expires.AddSeconds(1)),
                BackupMode = facts.Type,
                BackupSize = file.Length,
                BackupType = "full-backup",
                Desc = facts.Name ?? "",
                EndTime = Text(facts.CreatedAt.AddSeconds(17)),
                InstanceId = instance,
                ShardId = "",
                StartTime = Text(facts.CreatedAt),
                Status = facts.Status ?? "finished",
            },
            Message = "success",
            TaskId = "",
        }, Pascal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Pascal = new();

    /// <summary>An error in the shape of Capital Online.</summary>
    public static IResult Error(int status, string code, string message) =>
        Results.Json(new { Code = code, Message = message, TaskId = "" }, Pascal, statusCode: status);
}
