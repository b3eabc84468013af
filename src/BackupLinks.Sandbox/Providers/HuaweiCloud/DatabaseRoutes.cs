using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>
/// The lists of instances and backups, and the links of backups, as Huawei Cloud's database services have them. A
/// member says what is different in one of them.
/// </summary>
/// <param name="server">The sandbox.</param>
/// <param name="fleet">The instances of the service.</param>
internal class DatabaseRoutes(SandboxServer server, DatabaseFleet fleet)
{
    private const int LargestLimit = 100;

    /// <summary>The sandbox.</summary>
    protected SandboxServer Server => server;

    /// <summary>The instances of the service.</summary>
    protected DatabaseFleet Fleet => fleet;

    /// <summary>The types of instances.</summary>
    public required IReadOnlyList<string> InstanceTypes { get; init; }

    /// <summary>The word for the type of an instance, in parameters and in lists.</summary>
    public string TypeMember { get; init; } = "type";

    /// <summary>The types of backups; the service compares exactly.</summary>
    public required IReadOnlyList<string> BackupTypes { get; init; }

    /// <summary>The types of backups that are listed only when they are requested.</summary>
    public IReadOnlyList<string> HiddenTypes { get; init; } = [];

    /// <summary>The size of a backup as the list has it.</summary>
    public required Func<long, object> ToSize { get; init; }

    /// <summary>The form of a time in parameters and in lists.</summary>
    public string TimeFormat { get; init; } = "yyyy-MM-dd'T'HH:mm:sszzz";

    /// <summary>The zone of a time.</summary>
    public TimeSpan Zone { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The code for a project that is not the caller's.</summary>
    public string ProjectCode { get; init; } = "DBS.200044";

    /// <summary>The code for a caller without the permission.</summary>
    public string DeniedCode { get; init; } = "DBS.200010";

    /// <summary>What the list has of an instance beside what all services have.</summary>
    public Action<SandboxInstance, Dictionary<string, object?>> Decorate { get; init; } = static (_, _) => { };

    /// <summary>Adds the two lists.</summary>
    public void MapLists(IEndpointRouteBuilder app)
    {
        app.MapGet("/v3/{project}/instances", (HttpContext context, string project) => ListInstances(context, project));
        app.MapGet("/v3/{project}/backups", (HttpContext context, string project) => ListBackups(context, project));
    }

    /// <summary>Adds the links of backups by <c>backup-files</c>.</summary>
    public void MapFiles(IEndpointRouteBuilder app) => app.MapGet(
        "/v3/{project}/backup-files",
        (HttpContext context, string project, string? backup_id) => ListFiles(context, project, backup_id));

    /// <summary>Adds the list of incremental backups, where the service has one.</summary>
    /// <param name="app">The routes.</param>
    /// <param name="type">The type of these backups in the fleet.</param>
    public void MapIncrements(IEndpointRouteBuilder app, string type) => app.MapGet(
        "/v3/{project}/instances/{instance}/incremental-backups",
        (HttpContext context, string project, string instance) => ListIncrements(context, project, instance, type));

    /// <summary>Checks the credential; null for a caller that may proceed.</summary>
    protected IResult? Admit(HttpContext context, string project) =>
        HuaweiGate.Admit(context, server, project, DeniedCode, ProjectCode);

    /// <summary>An error of the service.</summary>
    protected static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message }, statusCode: status);

    /// <summary>A time as the service writes it: <c>2018-08-06T10:41:14+0800</c>, or as its page says.</summary>
    protected string ToText(DateTimeOffset time)
    {
        string text = time.ToOffset(Zone).ToString(TimeFormat, CultureInfo.InvariantCulture);
        return TimeFormat.EndsWith("zzz", StringComparison.Ordinal) ? text.Remove(text.Length - 3, 1) : text;
    }

    private static IResult BadParameter() => Error(400, "DBS.280001", "Parameter error.");

    private IResult ListInstances(HttpContext context, string project)
    {
        if (Admit(context, project) is { } refusal)
            return refusal;
        var query = context.Request.Query;
        if (!query.IsKnownWord(TypeMember, [.. InstanceTypes]) || query["id"] == "*" || query["name"] == "*")
            return BadParameter();
        var all = fleet
            .Where(entry => query.IsStarred("id", entry.Key) && query.IsStarred("name", entry.Value.Name))
            .Where(entry => query.IsSameWord(TypeMember, entry.Value.Type))
            .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .ToArray();
        return server.Paging.Cut(context, all, LargestLimit, LargestLimit) is var (page, total)
            ? Results.Json(new
            {
                instances = page.Select(entry => ToInstance(entry.Key, entry.Value)),
                total_count = total,
            })
            : BadParameter();
    }

    private Dictionary<string, object?> ToInstance(string id, SandboxInstance instance)
    {
        var item = new Dictionary<string, object?>
        {
            ["id"] = id,
            ["name"] = instance.Name,
            ["status"] = instance.Status,
            [TypeMember] = instance.Type,
            ["port"] = "8635",
            ["region"] = HuaweiSamples.Region,
            ["datastore"] = new { type = instance.Engine, version = "4.0" },
            ["created"] = ToText(instance.CreatedAt),
            ["updated"] = ToText(instance.CreatedAt.AddHours(1)),
        };
        Decorate(instance, item);
        return item;
    }

    private IResult ListBackups(HttpContext context, string project)
    {
        if (Admit(context, project) is { } refusal)
            return refusal;
        var query = context.Request.Query;
        string instanceId = query["instance_id"].ToString();
        string type = query["backup_type"].ToString();
        var (begin, end) = (ReadTime(query["begin_time"].ToString()), ReadTime(query["end_time"].ToString()));
        if (instanceId.Length == 0 || (type.Length > 0 && !BackupTypes.Contains(type)) || begin.IsBad || end.IsBad
            || begin.Time.HasValue != end.Time.HasValue)
        {
            return BadParameter();
        }

        if (!fleet.TryGetValue(instanceId, out var instance))
            return Error(404, "DBS.200002", "The DB instance does not exist.");
        var all = instance.Backups
            .Select(entry => (Id: entry.Key, entry.Value.Facts, entry.Value.Size))
            .Where(backup => type.Length == 0 ? !HiddenTypes.Contains(backup.Facts.Type) : backup.Facts.Type == type)
            .Where(backup => query.IsEqual("backup_id", backup.Id))
            .Where(backup => !(backup.Facts.CreatedAt < begin.Time) && !(backup.Facts.CreatedAt > end.Time))
            .OrderByDescending(backup => backup.Facts.CreatedAt).ThenBy(backup => backup.Id, StringComparer.Ordinal)
            .ToArray();
        return server.Paging.Cut(context, all, LargestLimit, LargestLimit) is var (page, total)
            ? Results.Json(new
            {
                backups = page.Select(backup => new
                {
                    id = backup.Id,
                    instance_id = instanceId,
                    instance_name = instance.Name,
                    name = backup.Facts.Name ?? "backup-" + backup.Id,
                    type = backup.Facts.Type,
                    size = ToSize(backup.Size),
                    status = backup.Facts.Status ?? "COMPLETED",
                    begin_time = ToText(backup.Facts.CreatedAt),
                    end_time = ToText(backup.Facts.CreatedAt.AddMinutes(3)),
                    datastore = new { type = instance.Engine, version = "4.0" },
                    description = (string?)null,
                }),
                total_count = total,
            })
            : BadParameter();
    }

    private IResult ListIncrements(HttpContext context, string project, string instanceId, string type)
    {
        if (Admit(context, project) is { } refusal)
            return refusal;
        var query = context.Request.Query;
        var (begin, end) = (ReadTime(query["begin_time"].ToString()), ReadTime(query["end_time"].ToString()));
        if (begin.IsBad || end.IsBad || begin.Time.HasValue != end.Time.HasValue
            || query["limit"].ToString() is not ("" or "10" or "20" or "50"))
        {
            return BadParameter();
        }

        if (!fleet.TryGetValue(instanceId, out var instance))
            return Error(404, "DBS.200002", "The DB instance does not exist.");
        var all = instance.Backups.Where(entry => entry.Value.Facts.Type == type)
            .Where(entry =>
                !(entry.Value.Facts.CreatedAt < begin.Time) && !(entry.Value.Facts.CreatedAt > end.Time))
            .OrderByDescending(entry => entry.Value.Facts.CreatedAt).ToArray();
        return server.Paging.Cut(context, all, 10, 50) is var (page, total)
            ? Results.Json(new
            {
                backups = page.Select(entry => new
                {
                    id = entry.Key,
                    name = entry.Value.Facts.Name ?? "binlog-" + entry.Key,
                    begin_time = ToText(entry.Value.Facts.CreatedAt),
                    end_time = ToText(entry.Value.Facts.CreatedAt.AddMinutes(5)),
                    size = entry.Value.Size / 1024.0,
                    backup_type = "Log",
                    instance_id = instanceId,
                }),
                total_count = total,
            })
            : BadParameter();
    }

    private IResult ListFiles(HttpContext context, string project, string? backupId)
    {
        if (Admit(context, project) is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(backupId))
            return BadParameter();
        if (!fleet.Files.TryGetValue(backupId, out var files))
            return Error(400, "DBS.201203", "The backup file does not exist.");
        var expires = server.Clock.UtcNow.AddMinutes(15);
        return Results.Json(new
        {
            files = files.Select(file => new
            {
                name = file.Object.Key,
                size = ToSize(file.Object.Length),
                download_link = PresignedLink.Create(server.Address, file.Object, expires, "AccessKeyId"),
                link_expired_time = ToText(expires),
            }),
            bucket = files.FirstOrDefault().Object?.Bucket,
        });
    }

    // The vendor's .NET SDK does not encode the plus of a zone.
    private (DateTimeOffset? Time, bool IsBad) ReadTime(string text)
    {
        if (text.Length == 0)
            return (null, false);
        bool hasZone = TimeFormat.EndsWith("zzz", StringComparison.Ordinal);
        bool isGood = DateTimeOffset.TryParseExact(
            hasZone ? text.Replace(' ', '+') : text, TimeFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time);
        // A zone has no colon.
        return (time, !isGood || text.Length != ToText(time).Length);
    }
}
