using BackupLinks.Sandbox.CapitalOnline;

namespace BackupLinks.Sandbox;

/// <summary>Puts Redis instances and backups of Capital Online into the clouds.</summary>
public static class CdsCloud
{
    /// <summary>Adds an instance, or renames it.</summary>
    public static void AddCdsInstance(
        this SandboxCloud cloud, string instanceId, string name, string status = "RUNNING") =>
        cloud.Of<RedisFleet>().AddInstance(instanceId, name, status);

    /// <summary>Adds a backup, and the instance when it is new.</summary>
    public static void AddCdsBackup(
        this SandboxCloud cloud, string instanceId, string backupId, SandboxObject file,
        SandboxBackupFacts? facts = null) =>
        cloud.Of<RedisFleet>().AddBackup(cloud, instanceId, backupId, file, facts);
}
