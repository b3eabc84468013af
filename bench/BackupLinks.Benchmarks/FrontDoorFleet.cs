using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Benchmarks;

/// <summary>Instances of four services in three regions, ten backups each, in a process of their own.</summary>
internal static class FrontDoorFleet
{
    /// <summary>The services.</summary>
    public static readonly string[] Services =
        ["HuaweiCloud.Dcs", "HuaweiCloud.Rds", "HuaweiCloud.Dds", "HuaweiCloud.GaussDb"];

    /// <summary>The regions; each has the same instances.</summary>
    public static readonly string[] Regions = [HuaweiSamples.Region, "ap-southeast-1", "ap-southeast-3"];

    /// <summary>The backups of an instance.</summary>
    public const int BackupsOfOne = 10;

    // Of each service, in each region. The sandbox has samples of its own beside them.
    private const int InstancesOfOne = 83;

    /// <summary>Serves them until the process is killed; the first line says where.</summary>
    public static async Task<int> ServeAsync()
    {
        await using var server = await SandboxServer.StartAsync();
        var cloud = server.Cloud;
        foreach (string region in Regions.AsSpan(1))
        {
            string project = new string('a', 24) + (cloud.Of<HuaweiAccount>().Projects.Count + 10_000_000);
            cloud.Of<HuaweiAccount>().Projects[region] = [project];
            cloud.Of<HuaweiAccount>().ReadableProjects[project] = true;
        }

        foreach (string sample in new[]
        {
            HuaweiSamples.DcsInstanceId, HuaweiSamples.RdsInstanceId, DdsRoutes.InstanceId, GaussDbRoutes.InstanceId,
        })
            cloud.Remove(sample);
        for (int i = 0; i < InstancesOfOne; i++)
            Add(cloud, i);
        Console.WriteLine($"The clouds are at {server.Address}");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static void Add(SandboxCloud cloud, int instance)
    {
        string id = Text($"{instance:x8}-0000-4000-8000-000000000dc5");
        string name = Text($"prod-{instance:000}");
        cloud.AddDcsInstance(id, name);
        cloud.AddRdsInstance(id + "in01", name, "MySQL");
        var (dds, gauss) = (cloud.Of<DdsFleet>(), cloud.Of<GaussDbFleet>());
        dds.AddInstance(id + "in02", name, "normal", "ReplicaSet", "DDS-Community");
        gauss.AddInstance(id + "in14", name, "ACTIVE", "Ha", "GaussDB");
        for (int day = 0; day < BackupsOfOne; day++)
        {
            var facts = new SandboxBackupFacts { Type = "auto", CreatedAt = DateTimeOffset.UtcNow.AddDays(-day) };
            string backup = Text($"{instance:x8}-{day:x4}-4111-8111-111111111dc5");
            var file = new SandboxObject("fleet", $"{backup}.gz", 1024);
            cloud.AddDcsBackup(id, backup, "", [file], facts);
            cloud.AddRdsBackup(backup + "br01", [new(file, null)], id + "in01", facts);
            dds.AddBackup(cloud, id + "in02", backup + "br02", facts with { Type = "Auto" }, (file, null));
            gauss.AddBackup(cloud, id + "in14", backup + "br14", facts, (file, null));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
