using System.Collections.Generic;
using System.Linq;
using BackupLinks.Sandbox.TencentCloud;

namespace BackupLinks.Sandbox;

/// <summary>Puts MySQL instances and backups of Tencent Cloud into the clouds.</summary>
public static class TencentMySqlCloud
{
    /// <summary>The name of an instance of the samples.</summary>
    public const string SampleName = "prod-billing";

    /// <summary>Adds an instance.</summary>
    public static void AddTencentMySqlInstance(this SandboxCloud cloud, string instanceId, string name) =>
        cloud.Of<MySqlFleet>().Instances[instanceId] = new() { Name = name, Status = "1", Type = "1" };

    /// <summary>Adds a backup to an instance.</summary>
    /// <param name="cloud">The clouds.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="backupId">The backup, a number.</param>
    /// <param name="facts">What the list says of it.</param>
    /// <param name="files">Its file; none for a backup that cannot be downloaded.</param>
    public static void AddTencentMySqlBackup(
        this SandboxCloud cloud, string instanceId, string backupId, SandboxBackupFacts facts,
        params SandboxBackupFile[] files) =>
        cloud.Of<MySqlFleet>().AddBackup(cloud, instanceId, backupId, facts, files);

    /// <summary>The files of the newest backup of the instance of the samples.</summary>
    internal static IReadOnlyList<SandboxBackupFile> FindNewestTencentSample(this SandboxCloud cloud)
    {
        var fleet = cloud.Of<MySqlFleet>();
        var (id, instance) = fleet.Instances.Single(entry => entry.Value.Name == SampleName);
        string newest = instance.Backups.Where(backup => fleet.Files[(id, backup.Key)].Count > 0)
            .MaxBy(backup => backup.Value.Facts.CreatedAt).Key;
        return fleet.Files[(id, newest)];
    }
}
