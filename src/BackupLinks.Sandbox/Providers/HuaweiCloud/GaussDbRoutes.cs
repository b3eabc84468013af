using System;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud GaussDB.</summary>
internal static class GaussDbRoutes
{
    /// <summary>A GaussDB instance.</summary>
    public const string InstanceId = "b331ed66cc3249f78bc20737308c01f4in14";

    /// <summary>Its newest backup.</summary>
    public const string BackupId = "5651c62a7f12461c98020dd3abfe24ccbr14";

    private const double BytesPerMegabyte = 1024 * 1024;

    public static DatabaseRoutes Create(SandboxServer server) => new(server, server.Cloud.Of<GaussDbFleet>())
    {
        InstanceTypes = ["Enterprise", "Ha"],
        BackupTypes = ["auto", "manual"],
        // Two digits behind the point: a small backup has 0.0.
        ToSize = static bytes => Math.Round(bytes / BytesPerMegabyte, 2),
    };

    public static void MapGaussDb(this IEndpointRouteBuilder app, SandboxServer server)
    {
        var routes = Create(server);
        routes.MapLists(app);
        routes.MapFiles(app);
        var logs = new DatabaseLogRoutes(server, server.Cloud.Of<GaussDbFleet>().ContainsKey, "gaussdbbucket")
        {
            HasStatus = false, LinkLifetime = TimeSpan.FromMinutes(15), Nodes = ["dn_6001", "dn_6002"],
        };
        logs.MapExport(app, "slow-log/download");
        logs.MapExported(app, "slow-log/download");
        logs.MapLinkedFiles(app, "error-log");
    }

    public static void AddSample(SandboxCloud cloud)
    {
        var fleet = cloud.Of<GaussDbFleet>();
        var now = DateTimeOffset.UtcNow;
        fleet.AddInstance(InstanceId, "gauss-9e88", "ACTIVE", "Enterprise", "GaussDB");
        fleet.AddBackup(
            cloud, InstanceId, BackupId, new() { Type = "auto", CreatedAt = now.AddHours(-4) },
            (new("gaussdbbucket", BackupId + "_dn_6001.tar.gz", 1_500_001), null),
            (new("gaussdbbucket", BackupId + "_dn_6002.tar.gz", 1_048_576), null));
        fleet.AddBackup(
            cloud, InstanceId, "a696cd25e4fc453aa503650225cece8bbr14",
            new() { Type = "manual", CreatedAt = now.AddHours(-30), Name = "before-upgrade" },
            (new("gaussdbbucket", "a696cd25e4fc453aa503650225cece8bbr14.tar.gz", 512), null));
        fleet.AddBackup(
            cloud, InstanceId, "77aa31b0a2fe4a2cb1bb1a9a3a2e3c11br14",
            new() { Type = "auto", Status = "FAILED", CreatedAt = now.AddHours(-1) });
    }
}
