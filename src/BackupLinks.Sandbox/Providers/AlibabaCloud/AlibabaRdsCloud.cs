using System.Collections.Generic;
using System.Linq;
using BackupLinks.Sandbox.AlibabaCloud;

namespace BackupLinks.Sandbox;

/// <summary>Puts RDS instances and backups of Alibaba Cloud into the clouds.</summary>
public static class AlibabaRdsCloud
{
    /// <summary>The name of an instance of the samples.</summary>
    public const string SampleName = "prod-orders";

    /// <summary>Adds an instance.</summary>
    public static void AddAlibabaRdsInstance(
        this SandboxCloud cloud, string instanceId, string name, string engine = "MySQL", string status = "Running") =>
        cloud.Of<RdsFleet>().Instances[instanceId] =
            new() { Name = name, Status = status, Type = "Primary", Engine = engine };

    /// <summary>Adds a backup to an instance.</summary>
    /// <param name="cloud">The clouds.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="facts">What the list says of it.</param>
    /// <param name="files">Its files; none for a backup that cannot be downloaded.</param>
    public static void AddAlibabaRdsBackup(
        this SandboxCloud cloud, string instanceId, string backupId, SandboxBackupFacts facts,
        params SandboxBackupFile[] files) => cloud.Of<RdsFleet>().AddBackup(cloud, instanceId, backupId, facts, files);

    /// <summary>The files of the newest backup of the instance of the samples.</summary>
    internal static IReadOnlyList<SandboxBackupFile> FindNewestSample(this SandboxCloud cloud)
    {
        var fleet = cloud.Of<RdsFleet>();
        var (id, instance) = fleet.Instances.Single(entry => entry.Value.Name == SampleName);
        string newest = instance.Backups.Where(backup => fleet.Files[(id, backup.Key)].Count > 0)
            .MaxBy(backup => backup.Value.Facts.CreatedAt).Key;
        return fleet.Files[(id, newest)];
    }
}
