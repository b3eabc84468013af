using System;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud RDS: the lists of instances and backups.</summary>
internal static class RdsListRoutes
{
    private const int LargestLimit = 100;
    private const int BytesPerKilobyte = 1024;
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static void MapRdsLists(this IEndpointRouteBuilder app, SandboxServer server)
    {
        app.MapGet("/v3/{project}/instances", (HttpContext context, string project) =>
            ListInstances(context, server, project));
        app.MapGet(
            "/v3/{project}/backups", (HttpContext context, string project) => ListBackups(context, server, project));
    }

    private static IResult ListInstances(HttpContext context, SandboxServer server, string project)
    {
        if (HuaweiGate.Admit(context, server, project, "DBS.200010", "DBS.200044") is { } refusal)
            return refusal;
        var query = context.Request.Query;
        if (!query.IsKnownWord("type", "Single", "Ha", "Replica")
            || !query.IsKnownWord("datastore_type", "MySQL", "PostgreSQL", "SQLServer", "MariaDB")
            || query["id"] == "*" || query["name"] == "*")
        {
            return Error(400, "DBS.280001", "Parameter error.");
        }

        var all = server.Cloud.Of<RdsFleet>()
            .Where(entry => query.IsStarred("id", entry.Key) && query.IsStarred("name", entry.Value.Name))
            .Where(entry => query.IsSameWord("type", entry.Value.Type))
            .Where(entry => query.IsSameWord("datastore_type", entry.Value.Engine))
            .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .ToArray();
        if (server.Paging.Cut(context, all, LargestLimit, LargestLimit) is not var (page, total))
            return Error(400, "DBS.280001", "Parameter error.");
        return Results.Json(new
        {
            instances = page.Select(entry => new
            {
                id = entry.Key,
                name = entry.Value.Name,
                status = entry.Value.Status,
                type = entry.Value.Type,
                private_ips = new[] { "192.168.0.142" },
                port = 3306,
                region = HuaweiSamples.Region,
                datastore = new { type = entry.Value.Engine, version = "5.7" },
                created = Text(entry.Value.CreatedAt, TimeSpan.Zero),
                updated = Text(entry.Value.CreatedAt.AddHours(1), TimeSpan.Zero),
                volume = new { type = "ULTRAHIGH", size = 100 },
            }),
            total_count = total,
        });
    }

    private static IResult ListBackups(HttpContext context, SandboxServer server, string project)
    {
        if (HuaweiGate.Admit(context, server, project, "DBS.200010", "DBS.200044") is { } refusal)
            return refusal;
        var query = context.Request.Query;
        string instance = query["instance_id"].ToString();
        string type = query["backup_type"].ToString();
        if (instance.Length == 0 || type is not ("" or "auto" or "manual" or "fragment" or "incremental")
            || !query.IsKnownWord("status", "BUILDING", "COMPLETED", "FAILED"))
        {
            return Error(400, "DBS.280001", "Parameter error.");
        }

        if (!server.Cloud.Of<RdsFleet>().TryGetValue(instance, out var known))
            return Error(404, "DBS.200002", "The instance does not exist.");
        var (begin, end) = (ReadTime(query["begin_time"].ToString()), ReadTime(query["end_time"].ToString()));
        if (begin.IsBad || end.IsBad || begin.Time.HasValue != end.Time.HasValue)
            return Error(400, "DBS.280001", "Parameter error.");
        var all = known.Backups
            .Select(entry => (Id: entry.Key, entry.Value.Facts, entry.Value.Size))
            // Incremental backups are listed only when they are requested.
            .Where(backup => type.Length == 0 ? backup.Facts.Type != "incremental" : backup.Facts.Type == type)
            .Where(backup => query.IsEqual("backup_id", backup.Id))
            .Where(backup => query.IsSameWord("status", backup.Facts.Status ?? "COMPLETED"))
            .Where(backup =>
                !(Stated(backup.Facts.CreatedAt) < begin.Time) && !(Stated(backup.Facts.CreatedAt) > end.Time))
            .OrderByDescending(backup => backup.Facts.CreatedAt).ThenBy(backup => backup.Id, StringComparer.Ordinal)
            .ToArray();
        if (server.Paging.Cut(context, all, LargestLimit, LargestLimit) is not var (page, total))
            return Error(400, "DBS.280001", "Parameter error.");
        return Results.Json(new
        {
            backups = page.Select(backup => new
            {
                id = backup.Id,
                instance_id = instance,
                name = backup.Facts.Name ?? "backup-" + backup.Id,
                type = backup.Facts.Type,
                size = (backup.Size + BytesPerKilobyte - 1) / BytesPerKilobyte,
                status = backup.Facts.Status ?? "COMPLETED",
                begin_time = Text(backup.Facts.CreatedAt, Beijing),
                end_time = Text(backup.Facts.CreatedAt.AddMinutes(3), Beijing),
                datastore = new { type = known.Engine, version = "5.7" },
                databases = known.Engine == "SQLServer" ? new[] { new { name = "orders" }, new { name = "customers" } }
                    : null,
                associated_with_ddm = false,
            }),
            total_count = total,
        });
    }

    // 2018-08-06T10:41:14+0800. The vendor's .NET SDK does not encode the plus.
    private static (DateTimeOffset? Time, bool IsBad) ReadTime(string text)
    {
        if (text.Length == 0)
            return (null, false);
        text = text.Replace(' ', '+');
        bool isGood = DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && text.Length == "2018-08-06T10:41:14+0800".Length;
        return (time, !isGood);
    }

    // The list states whole seconds, and is filtered by what it states.
    private static DateTimeOffset Stated(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static string Text(DateTimeOffset time, TimeSpan zone) =>
        time.ToOffset(zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture).Remove(22, 1);

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message }, statusCode: status);
}
