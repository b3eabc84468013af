using System;
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

    public static void MapTaurusDb(this IEndpointRouteBuilder app, SandboxServer server) =>
        new DatabaseRoutes(server, server.Cloud.Of<TaurusDbFleet>())
        {
            InstanceTypes = ["Cluster"],
            BackupTypes = ["auto", "manual"],
            ToSize = static bytes => (bytes + BytesPerMegabyte - 1) / BytesPerMegabyte,
        }.MapLists(app);

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
    }
}
