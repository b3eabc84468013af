using System.Collections.Generic;
using System.Linq;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Sandbox;

/// <summary>Puts RDS instances and backups into the clouds.</summary>
public static class RdsCloud
{
    /// <summary>Adds an RDS instance, or renames it.</summary>
    public static void AddRdsInstance(
        this SandboxCloud cloud, string instanceId, string name, string engine, string status = "ACTIVE",
        string type = "Single")
    {
        var instance = cloud.Of<RdsFleet>().GetOrAdd(instanceId, _ => new());
        (instance.Name, instance.Engine, instance.Status, instance.Type) = (name, engine, status, type);
    }

    /// <summary>Adds an RDS backup.</summary>
    /// <param name="cloud">The clouds.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="files">Its files.</param>
    /// <param name="instanceId">The instance whose list it is in; null for none.</param>
    /// <param name="facts">What that list says of it.</param>
    public static void AddRdsBackup(
        this SandboxCloud cloud, string backupId, IReadOnlyList<SandboxBackupFile> files, string? instanceId = null,
        SandboxBackupFacts? facts = null)
    {
        var fleet = cloud.Of<RdsFleet>();
        fleet.Files[backupId] = files;
        if (instanceId is not null)
        {
            fleet.GetOrAdd(instanceId, _ => new()).Backups[backupId] =
                (facts ?? new(), files.Sum(file => (long)file.Object.Length));
        }

        cloud.PutAll(files.Select(file => file.Object));
    }
}
