using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud DCS: links to backups (v2 and v1.0) and to run logs (v2).</summary>
internal static class DcsRoutes
{
    private const int MinExpiration = 300;
    private const int MaxExpiration = 86400;
    private const int LogLinkSeconds = 86400;

    public static void MapDcs(this IEndpointRouteBuilder app, SandboxServer server)
    {
        foreach (string version in new[] { "v2", "v1.0" })
        {
            app.MapPost(
                $"/{version}/{{project}}/instances/{{instance}}/backups/{{backup}}/links",
                (HttpContext context, string project, string instance, string backup) =>
                    ListBackupLinksAsync(context, server, project, instance, backup));
        }

        app.MapDcsLists(server);
        app.MapPost(
            "/v2/{project}/instances/{instance}/redislog/{log}/links",
            (HttpContext context, string project, string instance, string log) =>
                CreateLogLink(context, server, project, instance, log));
    }

    public static void AddSample(SandboxCloud cloud)
    {
        const string Bucket = "bucket5da9cf3bfabc4cae9023695b934e5e2b";
        const string Folder = "42489641-23c4-4855-bc89-befc85e2b7f7/ddfe5f66-a965-43ff-aec7-f3b489dc071b/";
        const string SingleFile = HuaweiSamples.DcsSingleBackupId + "/20190924204307_redis.rdb";
        var now = DateTimeOffset.UtcNow;
        cloud.AddDcsInstance(HuaweiSamples.DcsInstanceId, "prod-sessions");
        cloud.AddDcsBackup(HuaweiSamples.DcsInstanceId, HuaweiSamples.DcsClusterBackupId, Folder,
        [
            new(Bucket, Folder + "redis_192.168.63.250_6379_0-5461_20190820211816.rdb", 1_572_864),
            new(Bucket, Folder + "redis_192.168.63.251_6379_5462-10922_20190820211816.rdb", 1_048_577),
            new(Bucket, Folder + "redis_192.168.63.252_6379_10923-16383_20190820211816.rdb", 786_431),
        ], new() { Type = "auto", CreatedAt = now.AddHours(-3) });
        cloud.AddDcsBackup(
            HuaweiSamples.DcsInstanceId, HuaweiSamples.DcsSingleBackupId, SingleFile,
            [new(Bucket, SingleFile, 262_144)], new() { CreatedAt = now.AddHours(-27) });
        cloud.AddDcsBackup(
            HuaweiSamples.DcsInstanceId, HuaweiSamples.DcsEmptyBackupId, "empty/", [],
            new() { Status = "failed", CreatedAt = now.AddHours(-1) });
        cloud.AddDcsLog(
            HuaweiSamples.DcsInstanceId, HuaweiSamples.DcsLogId,
            new(Bucket, "logs/redis_192.168.63.250_2021-04-16.log", 65_536));
    }

    private static async Task<IResult> ListBackupLinksAsync(
        HttpContext context, SandboxServer server, string project, string instance, string backup)
    {
        if (HuaweiGate.Admit(context, server, project, "DCS.2003", "DCS.1004") is { } refusal)
            return refusal;
        var (expiration, problem) = await ReadExpirationAsync(context);
        if (problem is not null)
            return problem;
        if (!server.Cloud.Of<DcsFleet>().TryGetValue(instance, out var known))
            return Error(404, "DCS.3022", "This DCS instance does not exist.");
        if (!known.Backups.TryGetValue(backup, out var found))
            return Error(404, "DCS.3022", "This backup record does not exist.");

        var expires = server.Clock.UtcNow.AddSeconds(expiration);
        return Results.Json(new
        {
            file_path = found.FilePath,
            bucket_name = found.Files.FirstOrDefault()?.Bucket,
            links = found.Files.Select(file => new
            {
                file_name = file.Key[(file.Key.LastIndexOf('/') + 1)..],
                link = PresignedLink.Create(server.Address, file, expires),
            }),
        });
    }

    private static IResult CreateLogLink(
        HttpContext context, SandboxServer server, string project, string instance, string log)
    {
        if (HuaweiGate.Admit(context, server, project, "DCS.2003", "DCS.1004") is { } refusal)
            return refusal;
        if (!server.Cloud.Of<DcsFleet>().TryGetValue(instance, out var known))
            return Error(404, "DCS.3022", "This DCS instance does not exist.");
        if (!known.Logs.TryGetValue(log, out var file))
            return Error(404, "DCS.3022", "This log file does not exist.");
        return Results.Json(new
        {
            id = log,
            backup_id = "c2b3a7e2-62b9-4f0e-9bb2-7f6e1f0a9f10",
            link = PresignedLink.Create(server.Address, file, server.Clock.UtcNow.AddSeconds(LogLinkSeconds)),
        });
    }

    // A string is refused: the module sends an integer to both versions.
    private static async Task<(int Expiration, IResult? Problem)> ReadExpirationAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return (0, Error(400, "DCS.4005", "The request body is not in JSON format."));
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            return body.RootElement.TryGetProperty("expiration", out var value)
                && value.ValueKind == JsonValueKind.Number
                && value.TryGetInt32(out int seconds)
                && seconds is >= MinExpiration and <= MaxExpiration
                    ? (seconds, null)
                    : (0, Error(400, "DCS.4800", "Invalid parameter: expiration."));
        }
        catch (JsonException)
        {
            return (0, Error(400, "DCS.4005", "The request body is not in JSON format."));
        }
    }

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message, error_ext_msg = (string?)null }, statusCode: status);
}
