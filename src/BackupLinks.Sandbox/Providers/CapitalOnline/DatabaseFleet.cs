using System.Collections.Concurrent;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>The instances of one database service, and the files of their backups.</summary>
internal abstract class DatabaseFleet : ISandboxFleet
{
    /// <summary>The instances by id.</summary>
    public ConcurrentDictionary<string, SandboxInstance> Instances { get; } = new();

    /// <summary>The file of each backup.</summary>
    public ConcurrentDictionary<(string Instance, string Backup), SandboxObject> Files { get; } = new();

    /// <summary>Adds an instance, or renames it.</summary>
    public void AddInstance(string instanceId, string name, string status)
    {
        var instance = Instances.GetOrAdd(instanceId, _ => new());
        (instance.Name, instance.Status) = (name, status);
    }

    /// <summary>Adds a backup, and the instance when it is new.</summary>
    public void AddBackup(
        SandboxCloud cloud, string instanceId, string backupId, SandboxObject file, SandboxBackupFacts? facts)
    {
        Files[(instanceId, backupId)] = file;
        Instances.GetOrAdd(instanceId, _ => new()).Backups[backupId] = (facts ?? new(), file.Length);
        cloud.Put(file);
    }

    public void Remove(string instanceId) => Instances.TryRemove(instanceId, out _);
}
