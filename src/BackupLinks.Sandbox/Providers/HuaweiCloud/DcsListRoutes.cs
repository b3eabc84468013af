using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud DCS: the lists of instances, backups and run logs (v2).</summary>
internal static class DcsListRoutes
{
    private const int DefaultLimit = 10;
    private const int LargestLimit = 1000;

    public static void MapDcsLists(this IEndpointRouteBuilder app, SandboxServer server)
    {
        app.MapGet("/v2/{project}/instances", (HttpContext context, string project) =>
            ListInstances(context, server, project));
        app.MapGet(
            "/v2/{project}/instances/{instance}/backups",
            (HttpContext context, string project, string instance) => ListBackups(context, server, project, instance));
        app.MapGet(
            "/v2/{project}/instances/{instance}/redislog",
            (HttpContext context, string project, string instance) => ListLogs(context, server, project, instance));
    }

    private static IResult ListInstances(HttpContext context, SandboxServer server, string project)
    {
        if (HuaweiGate.Admit(context, server, project, "DCS.2003", "DCS.1004") is { } refusal)
            return refusal;
        var query = context.Request.Query;
        bool isExact = query.IsTrue("name_equal");
        var all = server.Cloud.Of<DcsFleet>()
            .Where(entry => query.IsEqual("instance_id", entry.Key))
            .Where(entry => isExact ? query.IsEqual("name", entry.Value.Name) : query.IsPart("name", entry.Value.Name))
            .Where(entry => query.IsSameWord("status", entry.Value.Status) && query.IsPart("ip", entry.Value.Ip))
            // Instances that failed to be created, and deleted ones, are listed on request only.
            .Where(entry => entry.Value.Status != "CREATEFAILED" || query.IsTrue("include_failure"))
            .Where(entry => entry.Value.Status != "DELETED" || query.IsTrue("include_delete"))
            .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .ToArray();
        if (server.Paging.Cut(context, all, DefaultLimit, LargestLimit) is not var (page, total))
            return Error(400, "DCS.4800", "Invalid parameter: limit or offset.");
        return Results.Json(new
        {
            instance_num = total,
            instances = page.Select(entry => new
            {
                instance_id = entry.Key,
                name = entry.Value.Name,
                engine = entry.Value.Engine,
                engine_version = "5.0",
                status = entry.Value.Status,
                spec_code = "redis.cluster.xu1.large.r2.4",
                capacity = 4,
                capacity_minor = "",
                used_memory = 1187,
                max_memory = 4096,
                ip = entry.Value.Ip,
                port = 6379,
                domain_name = "redis-" + entry.Key.Split('-')[0] + ".dcs.huaweicloud.com",
                description = (string?)null,
                created_at = Text(entry.Value.CreatedAt),
            }),
        });
    }

    private static IResult ListBackups(HttpContext context, SandboxServer server, string project, string instance)
    {
        if (HuaweiGate.Admit(context, server, project, "DCS.2003", "DCS.1004") is { } refusal)
            return refusal;
        if (!server.Cloud.Of<DcsFleet>().TryGetValue(instance, out var known))
            return Error(404, "DCS.3022", "This DCS instance does not exist.");
        if (ReadTime(context, "begin_time") is not { } begin || ReadTime(context, "end_time") is not { } end)
            return Error(400, "DCS.4800", "Invalid parameter: begin_time or end_time.");
        var all = known.Backups
            .Where(entry => !(entry.Value.Facts.CreatedAt < begin.Time) && !(entry.Value.Facts.CreatedAt > end.Time))
            .OrderByDescending(entry => entry.Value.Facts.CreatedAt).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .ToArray();
        return Respond(context, server, all, (page, total) => new
        {
            total_num = total,
            backup_record_response = page.Select(entry => new
            {
                backup_id = entry.Key,
                period = server.Paging.Absent,
                backup_name = entry.Value.Facts.Name ?? "backup_" + entry.Key,
                instance_id = instance,
                size = entry.Value.Files.Sum(file => (long)file.Length),
                backup_type = entry.Value.Facts.Type,
                created_at = Text(entry.Value.Facts.CreatedAt),
                updated_at = Text(entry.Value.Facts.CreatedAt.AddMinutes(3)),
                execution_at = Text(entry.Value.Facts.CreatedAt.AddSeconds(1)),
                progress = "100.00",
                error_code = entry.Value.Facts.Status == "failed" ? "dcs.08.0002" : server.Paging.Absent,
                remark = (string?)null,
                status = entry.Value.Facts.Status ?? "succeed",
                is_support_restore = "TRUE",
                backup_format = "rdb",
            }),
        });
    }

    private static IResult ListLogs(HttpContext context, SandboxServer server, string project, string instance)
    {
        if (HuaweiGate.Admit(context, server, project, "DCS.2003", "DCS.1004") is { } refusal)
            return refusal;
        if (context.Request.Query["log_type"].ToString() != "run")
            return Error(400, "DCS.4800", "Invalid parameter: log_type.");
        if (!server.Cloud.Of<DcsFleet>().TryGetValue(instance, out var known))
            return Error(404, "DCS.3022", "This DCS instance does not exist.");
        var all = known.Logs
            .Select(entry => (Id: entry.Key, File: entry.Value, Day: known.LogDays.TryGetValue(entry.Key, out var day)
                ? day : server.Clock.UtcNow.Date))
            .OrderByDescending(log => log.Day).ThenBy(log => log.Id, StringComparer.Ordinal)
            .ToArray();
        return Respond(context, server, all, (page, total) => new
        {
            total_num = total,
            file_list = page.Select(log => new
            {
                id = log.Id,
                file_name = log.File.Key[(log.File.Key.LastIndexOf('/') + 1)..],
                group_name = "shard-0",
                replication_ip = "192.168.63.250",
                status = "succeed",
                time = log.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                backup_id = "c2b3a7e2-62b9-4f0e-9bb2-7f6e1f0a9f10",
            }),
        });
    }

    private static IResult Respond<T>(
        HttpContext context, SandboxServer server, IReadOnlyList<T> all, Func<IReadOnlyList<T>, int?, object> body)
    {
        if (server.Paging.Cut(context, all, DefaultLimit, LargestLimit) is not var (page, total))
            return Error(400, "DCS.4800", "Invalid parameter: limit or offset.");
        return page.Count == 0 && !server.Paging.BodyWhenEmpty ? Results.NoContent() : Results.Json(body(page, total));
    }

    // UTC, yyyyMMddHHmmss; null for anything else.
    private static (DateTimeOffset? Time, bool IsGiven)? ReadTime(HttpContext context, string name)
    {
        string text = context.Request.Query[name].ToString();
        if (text.Length == 0)
            return (null, false);
        return DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time) ? (time, true) : null;
    }

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message, error_ext_msg = (string?)null }, statusCode: status);
}
