using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>The instances of one of Huawei Cloud's database services by id, and the files of their backups.</summary>
internal abstract class DatabaseFleet : ConcurrentDictionary<string, SandboxInstance>, ISandboxFleet
{
    /// <summary>The files of each backup, and the group of nodes that each file is of.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<(SandboxObject Object, string? Group)>> Files { get; } = new();

    public void Remove(string instanceId) => TryRemove(instanceId, out _);

    /// <summary>Adds an instance, or renames it.</summary>
    public void AddInstance(string instanceId, string name, string status, string type, string engine)
    {
        var instance = GetOrAdd(instanceId, _ => new());
        (instance.Name, instance.Status, instance.Type, instance.Engine) = (name, status, type, engine);
    }

    /// <summary>Adds a backup to an instance.</summary>
    /// <param name="cloud">The clouds, for the files.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="facts">What lists say of it.</param>
    /// <param name="files">Its files, each with its group of nodes.</param>
    public void AddBackup(
        SandboxCloud cloud, string instanceId, string backupId, SandboxBackupFacts facts,
        params (SandboxObject Object, string? Group)[] files)
    {
        // The lists have whole seconds.
        var second = facts.CreatedAt.AddTicks(-(facts.CreatedAt.UtcTicks % TimeSpan.TicksPerSecond));
        Files[backupId] = files;
        GetOrAdd(instanceId, _ => new()).Backups[backupId] =
            (facts with { CreatedAt = second }, files.Sum(file => (long)file.Object.Length));
        cloud.PutAll(files.Select(file => file.Object));
    }
}
