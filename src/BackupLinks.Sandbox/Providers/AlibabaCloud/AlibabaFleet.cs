using System.Collections.Concurrent;
using System.Collections.Generic;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>The instances of one database service, and the files of their backups.</summary>
internal abstract class AlibabaFleet : ISandboxFleet
{
    /// <summary>The instances by id.</summary>
    public ConcurrentDictionary<string, SandboxInstance> Instances { get; } = new();

    /// <summary>The files of each backup, each with its database; none for a snapshot.</summary>
    public ConcurrentDictionary<(string Instance, string Backup), IReadOnlyList<SandboxRdsFile>> Files { get; } = new();

    /// <summary>Adds a backup to an instance.</summary>
    public void AddBackup(
        SandboxCloud cloud, string instanceId, string backupId, SandboxBackupFacts facts,
        params SandboxRdsFile[] files)
    {
        long size = 0;
        foreach (var file in files)
        {
            size += file.Object.Length;
            cloud.Put(file.Object);
        }

        Files[(instanceId, backupId)] = files;
        // The lists have whole seconds.
        var second = facts.CreatedAt.AddTicks(-(facts.CreatedAt.UtcTicks % System.TimeSpan.TicksPerSecond));
        Instances[instanceId].Backups[backupId] = (facts with { CreatedAt = second }, size);
    }

    public void Remove(string instanceId) => Instances.TryRemove(instanceId, out _);
}
