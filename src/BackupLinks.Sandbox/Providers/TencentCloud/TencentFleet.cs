using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>The instances of one database service, the files of their backups, and their logs.</summary>
internal abstract class TencentFleet : ISandboxFleet
{
    /// <summary>The instances by id.</summary>
    public ConcurrentDictionary<string, SandboxInstance> Instances { get; } = new();

    /// <summary>The files of each backup; none for one that cannot be downloaded.</summary>
    public ConcurrentDictionary<(string Instance, string Backup), IReadOnlyList<SandboxBackupFile>> Files { get; } =
        new();

    /// <summary>The logs of each instance, by kind, the newest first; their names are those of their files.</summary>
    public ConcurrentDictionary<(string Instance, string Kind), IReadOnlyList<SandboxTencentLog>> Logs { get; } =
        new();

    /// <summary>Adds a backup to an instance.</summary>
    public void AddBackup(
        SandboxCloud cloud, string instanceId, string backupId, SandboxBackupFacts facts,
        params SandboxBackupFile[] files)
    {
        long size = 0;
        foreach (var file in files)
        {
            size += file.Object.Length;
            cloud.Put(file.Object);
        }

        Files[(instanceId, backupId)] = files;
        // The lists have whole seconds.
        var second = facts.CreatedAt.AddTicks(-(facts.CreatedAt.UtcTicks % TimeSpan.TicksPerSecond));
        Instances[instanceId].Backups[backupId] = (facts with { CreatedAt = second }, size);
    }

    /// <summary>Sets the logs of a kind of an instance.</summary>
    public void SetLogs(SandboxCloud cloud, string instanceId, string kind, params SandboxTencentLog[] logs)
    {
        foreach (var log in logs)
            cloud.Put(log.Object);
        Logs[(instanceId, kind)] = logs;
    }

    public void Remove(string instanceId) => Instances.TryRemove(instanceId, out _);
}
