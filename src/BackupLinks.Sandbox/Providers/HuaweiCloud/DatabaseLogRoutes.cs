using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>The logs of Huawei Cloud's database services: lists, exports and links.</summary>
/// <param name="server">The sandbox.</param>
/// <param name="isInstance">True for the id of an instance of the service.</param>
/// <param name="bucket">Where the files are.</param>
internal sealed class DatabaseLogRoutes(SandboxServer server, Func<string, bool> isInstance, string bucket)
{
    private const int BytesPerKilobyte = 1024;
    private const int AuditLinkMinutes = 5;
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    private readonly LogExports _exports = new(server.Clock);
    private readonly Dictionary<string, string> _files = [];
    private readonly Dictionary<string, Func<long, string>> _sizes = [];

    /// <summary>The lifetime of the links of exports.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The nodes that have files; one without a name where the service does not name them.</summary>
    public IReadOnlyList<string?> Nodes { get; init; } = [null];

    /// <summary>True for a node whose log the path names.</summary>
    public Func<string, bool> IsNode { get; init; } = static _ => false;

    /// <summary>The size of an exported file as the service writes it.</summary>
    public Func<long, string> ToSize { get; init; } = static bytes => bytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>True where the response has the state of the whole export.</summary>
    public bool HasStatus { get; init; } = true;

    /// <summary>
    /// The list of audit logs in the response, their number, and the word for the first time of a log.
    /// </summary>
    public (string List, string Total, string Start) AuditMembers { get; init; } =
        ("audit_logs", "total_record", "begin_time");

    /// <summary>The most audit logs on a page.</summary>
    public int AuditLimit { get; init; } = 100;

    /// <summary>The unit of the size of an audit log, in bytes.</summary>
    public int AuditSizeUnit { get; init; } = BytesPerKilobyte;

    /// <summary>Adds an export: the log of an instance, or of one node where the path has <c>{node}</c>.</summary>
    /// <param name="app">Gets the route.</param>
    /// <param name="path">The path below that of the instance.</param>
    /// <param name="toSize">The size as the page of this log writes it; null for as the service does.</param>
    public void MapExport(IEndpointRouteBuilder app, string path, Func<long, string>? toSize = null)
    {
        _sizes[KindOf(path)] = toSize ?? ToSize;
        app.MapPost(
            "/v3/{project}/instances/{instance}/" + path,
            (HttpContext context, string project, string instance, string? node) =>
                ExportAsync(context, project, instance, node, path));
    }

    /// <summary>Adds what has become of an export, where the service has a request of its own for it.</summary>
    public void MapExported(IEndpointRouteBuilder app, string path) => app.MapGet(
        "/v3/{project}/instances/{instance}/" + path,
        (HttpContext context, string project, string instance) => Admit(context, project, instance)
            ?? (_exports.IsBegun(ExportKey(path, instance, null, null))
                ? Export(path, instance, null, null) : Results.Json(new { list = Array.Empty<object>() })));

    /// <summary>Adds a list of log files that has their links.</summary>
    public void MapLinkedFiles(IEndpointRouteBuilder app, string path) => app.MapGet(
        "/v3/{project}/instances/{instance}/" + path,
        (HttpContext context, string project, string instance) =>
            Admit(context, project, instance) ?? ListLinkedFiles(context, instance));

    /// <summary>Adds the list of DDL logs of a node, and their links.</summary>
    public void MapDdl(IEndpointRouteBuilder app, string node)
    {
        app.MapGet(
            "/v3/{project}/instances/{instance}/ddl-log",
            (HttpContext context, string project, string instance) =>
                Admit(context, project, instance) ?? ListDdl(context, instance, node));
        app.MapPost(
            "/v3/{project}/instances/{instance}/ddl-log/download",
            (HttpContext context, string project, string instance) => LinkDdlAsync(context, project, instance));
    }

    /// <summary>Adds a list of one file, which only one engine has.</summary>
    public void MapFiles(IEndpointRouteBuilder app, string path, string file, Func<string, bool> hasFiles)
    {
        _files[KindOf(path)] = file;
        app.MapGet(
            "/v3/{project}/instances/{instance}/" + path,
            (HttpContext context, string project, string instance) => Admit(context, project, instance)
                ?? (hasFiles(instance)
                    ? ListFiles(context, file) : Error(400, "DBS.280235", "Invalid database type.")));
    }

    private IResult ListFiles(HttpContext context, string file) =>
        server.Paging.Cut(context, new[] { file }, 10, 100) is var (page, total)
            ? Results.Json(new
            {
                list = page.Select(name => new { file_name = name, file_size = "20432" }), total_count = total,
            })
            : Error(400, "DBS.280001", "Parameter error.");

    /// <summary>Adds the list of audit logs, and their links.</summary>
    public void MapAudit(IEndpointRouteBuilder app, string listPath, string linkPath)
    {
        app.MapGet(
            "/v3/{project}/instances/{instance}/" + listPath,
            (HttpContext context, string project, string instance) => ListAudit(context, project, instance));
        app.MapPost(
            "/v3/{project}/instances/{instance}/" + linkPath,
            (HttpContext context, string project, string instance) => LinkAuditAsync(context, project, instance));
    }

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message }, statusCode: status);

    private static string ToText(DateTimeOffset time) =>
        time.ToOffset(Beijing).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0800";

    private IResult? Admit(HttpContext context, string project, string instance) =>
        HuaweiGate.Admit(context, server, project, "DBS.280015", "DBS.200044")
        ?? (isInstance(instance) ? null : Error(404, "DBS.200002", "The DB instance does not exist."));

    // slow-log/download, {node}/slowlog-download
    private static string KindOf(string path) => path.Split('/').First(part => part.Contains("log")).Split('-')[0];

    private static string ExportKey(string path, string instance, string? node, string? file) =>
        $"{KindOf(path)}/{instance}/{node}/{file}";

    private async Task<IResult> ExportAsync(
        HttpContext context, string project, string instance, string? node, string path)
    {
        if (Admit(context, project, instance) is { } refusal)
            return refusal;
        // A body is for the engines whose log has several files.
        var body = context.Request.ContentLength > 0 ? await JsonNode.ParseAsync(context.Request.Body) : null;
        string? file = body?["file_name"]?.ToString();
        bool isKnown = file is null || _files.GetValueOrDefault(KindOf(path)) == file;
        return isKnown && (node is null || IsNode(node))
            ? Export(path, instance, node, file) : Error(404, "DBS.200013", "The log does not exist.");
    }

    private IResult Export(string path, string instance, string? node, string? file)
    {
        var expires = _exports.Request(ExportKey(path, instance, node, file), LinkLifetime);
        var response = new Dictionary<string, object?>
        {
            ["list"] = Nodes.Select(name => ToItem(
                file ?? $"{instance}_{KindOf(path)}_{node ?? name ?? "download"}", node ?? name, expires,
                _sizes[KindOf(path)])).ToArray(),
            ["count"] = Nodes.Count,
        };
        if (HasStatus)
            response["status"] = expires is null ? "CREATING" : "FINISH";
        return Results.Json(response);
    }

    private object ToItem(string name, string? node, DateTimeOffset? expires, Func<long, string> toSize)
    {
        var file = new SandboxObject(bucket, name, 20_432);
        server.Cloud.Put(file);
        return new
        {
            node_name = node,
            file_name = file.Key,
            status = expires is null ? "EXPORTING" : "SUCCESS",
            file_size = expires is null ? null : toSize(file.Length),
            file_link = expires is { } end ? PresignedLink.Create(server.Address, file, end) : null,
            updated_at = server.Clock.UtcNow.ToUnixTimeMilliseconds(),
        };
    }

    private (DateTimeOffset Start, SandboxObject File)[] DailyFiles(string instance, string kind) =>
    [
        .. Enumerable.Range(1, 3).Select(day => (
            Start: new DateTimeOffset(server.Clock.UtcNow.UtcDateTime.Date.AddDays(-day).AddHours(1), TimeSpan.Zero),
            File: new SandboxObject(bucket, $"{kind}_{instance}_{day}", 5120))),
    ];

    private IResult ListLinkedFiles(HttpContext context, string instance)
    {
        if (ReadTime(context, "start_time") is not { } start || ReadTime(context, "end_time") is not { } end
            || end <= start || start < server.Clock.UtcNow.AddDays(-30))
        {
            return Error(400, "DBS.280001", "Parameter error.");
        }

        var all = DailyFiles(instance, "error");
        if (server.Paging.Cut(context, all, 10, 100) is not var (page, total))
            return Error(400, "DBS.280001", "Parameter error.");
        server.Cloud.PutAll(all.Select(log => log.File));
        return Results.Json(new
        {
            log_files = page.Select(log => new
            {
                status = "SUCCESS",
                file_name = log.File.Key,
                start_time = ToText(log.Start),
                end_time = ToText(log.Start.AddHours(1)),
                file_size = (log.File.Length / BytesPerKilobyte).ToString(CultureInfo.InvariantCulture),
                file_link = PresignedLink.Create(server.Address, log.File, server.Clock.UtcNow + LinkLifetime),
            }),
            total,
        });
    }

    private IResult ListDdl(HttpContext context, string instance, string node)
    {
        var (start, end) = (ReadEpoch(context, "start_time"), ReadEpoch(context, "end_time"));
        if (start is null || end is null || end <= start || context.Request.Query["node_id"] != node)
            return Error(400, "DBS.280001", "Parameter error.");
        var all = DailyFiles(instance, "ddl").Where(log => log.Start >= start && log.Start <= end).ToArray();
        return server.Paging.Cut(context, all, 10, 100) is var (page, total)
            ? Results.Json(new
            {
                ddl_logs = page.Select(log => new
                {
                    id = "ddl" + log.File.Key,
                    file_name = log.File.Key,
                    file_size = log.File.Length,
                    create_time = log.Start.ToUnixTimeMilliseconds(),
                    end_time = log.Start.AddHours(1).ToUnixTimeMilliseconds(),
                    status = "Active",
                }),
                total_count = total,
                keep_days = 7,
                switch_status = "ON",
            })
            : Error(400, "DBS.280001", "Parameter error.");
    }

    private async Task<IResult> LinkDdlAsync(HttpContext context, string project, string instance)
    {
        if (Admit(context, project, instance) is { } refusal)
            return refusal;
        var ids = (await JsonNode.ParseAsync(context.Request.Body))?["log_ids"]?.AsArray();
        if (ids is null or { Count: 0 or > 10 })
            return Error(400, "DBS.280001", "Parameter error.");
        var files = DailyFiles(instance, "ddl").Select(log => log.File).ToDictionary(file => "ddl" + file.Key);
        if (ids.Any(id => !files.ContainsKey(id!.ToString())))
            return Error(404, "DBS.200013", "The DDL log does not exist.");
        server.Cloud.PutAll(files.Values);
        var expires = server.Clock.UtcNow + LinkLifetime;
        return Results.Json(new
        {
            download_files = ids.Select(id => files[id!.ToString()]).Select(file => new
            {
                id = "ddl" + file.Key,
                file_name = file.Key,
                file_size = file.Length,
                download_url = PresignedLink.Create(server.Address, file, expires),
                expire_time = expires.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            }),
        });
    }

    private (string Id, DateTimeOffset Start, SandboxObject File)[] AuditLogs(string instance) =>
    [
        .. Enumerable.Range(1, 3).Select(day => (
            Id: $"10190012aae94b38a10269b8ad025fc{day}no01_1607681849871",
            Start: new DateTimeOffset(server.Clock.UtcNow.UtcDateTime.Date.AddDays(-day).AddHours(1), TimeSpan.Zero),
            File: new SandboxObject(bucket, $"audit_log_{instance}_{day}", 5120))),
    ];

    private IResult ListAudit(HttpContext context, string project, string instance)
    {
        if (Admit(context, project, instance) is { } refusal)
            return refusal;
        if (ReadTime(context, "start_time") is not { } start || ReadTime(context, "end_time") is not { } end
            || end <= start || end - start > TimeSpan.FromDays(30))
        {
            return Error(400, "DBS.280001", "Parameter error.");
        }

        var all = AuditLogs(instance).Where(log => log.Start >= start && log.Start <= end).ToArray();
        if (server.Paging.Cut(context, all, Math.Min(10, AuditLimit), AuditLimit) is not var (page, total))
            return Error(400, "DBS.280001", "Parameter error.");
        return Results.Json(new Dictionary<string, object?>
        {
            [AuditMembers.List] = page.Select(log => new Dictionary<string, object?>
            {
                ["id"] = log.Id,
                ["name"] = log.File.Key,
                ["size"] = log.File.Length / AuditSizeUnit,
                [AuditMembers.Start] = ToText(log.Start),
                ["end_time"] = ToText(log.Start.AddHours(1)),
            }),
            [AuditMembers.Total] = total,
        });
    }

    private async Task<IResult> LinkAuditAsync(HttpContext context, string project, string instance)
    {
        if (Admit(context, project, instance) is { } refusal)
            return refusal;
        var ids = (await JsonNode.ParseAsync(context.Request.Body))?["ids"]?.AsArray();
        if (ids is null or { Count: 0 or > 50 })
            return Error(400, "DBS.280001", "Parameter error.");
        var logs = AuditLogs(instance).ToDictionary(log => log.Id, log => log.File);
        if (ids.Any(id => !logs.ContainsKey(id!.ToString())))
            return Error(404, "DBS.200013", "The audit log does not exist.");
        var expires = server.Clock.UtcNow.AddMinutes(AuditLinkMinutes);
        return Results.Json(new
        {
            links = ids.Select(id =>
            {
                var file = logs[id!.ToString()];
                server.Cloud.Put(file);
                return PresignedLink.Create(server.Address, file, expires);
            }),
        });
    }

    private static DateTimeOffset? ReadEpoch(HttpContext context, string name) =>
        long.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out long milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    // The vendor's .NET SDK does not encode the plus.
    private static DateTimeOffset? ReadTime(HttpContext context, string name) => DateTimeOffset.TryParseExact(
        context.Request.Query[name].ToString().Replace(' ', '+'), "yyyy-MM-dd'T'HH:mm:sszzz",
        CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
