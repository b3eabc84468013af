using System;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud TaurusDB, which has no links of backups.</summary>
internal static class TaurusDbRoutes
{
    /// <summary>A TaurusDB instance.</summary>
    public const string InstanceId = "d738399de028480fabb2b8120d4e01a4in07";

    /// <summary>Its newest backup.</summary>
    public const string BackupId = "c0c9f155c7b7423a9d30f0175998b63bbr07";

    private const int BytesPerMegabyte = 1024 * 1024;

    private const string Incremental = "incremental";

    private const string NodeId = "02ebf757aaf94074855f49cc6e0e4712no07";

    public static void MapTaurusDb(this IEndpointRouteBuilder app, SandboxServer server)
    {
        var fleet = server.Cloud.Of<TaurusDbFleet>();
        var routes = new DatabaseRoutes(server, fleet)
        {
            InstanceTypes = ["Cluster"],
            BackupTypes = ["auto", "manual"],
            HiddenTypes = [Incremental],
            ToSize = static bytes => (bytes + BytesPerMegabyte - 1) / BytesPerMegabyte,
        };
        routes.MapLists(app);
        routes.MapIncrements(app, Incremental);
        app.MapGet(
            "/v3/{project}/instances/{instance}",
            (HttpContext context, string project, string instance) =>
                HuaweiGate.Admit(context, server, project, "DBS.280015", "DBS.200044") ?? GetInstance(fleet, instance));
        var logs = new DatabaseLogRoutes(server, fleet.ContainsKey, "taurusdbbucket")
        {
            HasStatus = false,
            IsNode = static node => node == NodeId,
            ToSize = static bytes => (bytes / 1024).ToString(CultureInfo.InvariantCulture),
            AuditMembers = ("audit_logs", "total_count", "begin_time"),
            LinkLifetime = TimeSpan.FromMinutes(15),
        };
        logs.MapExport(app, "{node}/errorlog-download");
        logs.MapExport(app, "{node}/slowlog-download");
        logs.MapAudit(app, "audit-logs", "audit-log-link");
        logs.MapDdl(app, NodeId);
    }

    private static IResult GetInstance(TaurusDbFleet fleet, string id) => fleet.TryGetValue(id, out var instance)
        ? Results.Json(new
        {
            instance = new { id, name = instance.Name, nodes = new[] { new { id = NodeId, name = "node-1" } } },
        })
        : Results.Json(new { error_code = "DBS.200002", error_msg = "The DB instance does not exist." },
            statusCode: 404);

    public static void AddSample(SandboxCloud cloud)
    {
        var fleet = cloud.Of<TaurusDbFleet>();
        var now = DateTimeOffset.UtcNow;
        fleet.AddInstance(InstanceId, "taurusdb-instance01", "ACTIVE", "Cluster", "gaussdb-mysql");
        fleet.AddBackup(
            cloud, InstanceId, BackupId, new() { Type = "auto", CreatedAt = now.AddHours(-4) },
            (new("taurusdbbucket", BackupId, 3_000_000), null));
        fleet.AddBackup(
            cloud, InstanceId, "d8c9f155c7b7423a9d30f0175998b63bbr07",
            new() { Type = "manual", Status = "AVAILABLE", CreatedAt = now.AddHours(-30) },
            (new("taurusdbbucket", "d8c9f155c7b7423a9d30f0175998b63bbr07", 1_000_000), null));
        fleet.AddBackup(
            cloud, InstanceId, "e1c9f155c7b7423a9d30f0175998b63bbr07",
            new() { Type = Incremental, CreatedAt = now.AddHours(-2) },
            (new("taurusdbbucket", "e1c9f155c7b7423a9d30f0175998b63bbr07", 5_632), null));
    }
}
