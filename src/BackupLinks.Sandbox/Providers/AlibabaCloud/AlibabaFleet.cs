using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>The instances of one database service, and the files of their backups.</summary>
internal abstract class AlibabaFleet : ISandboxFleet
{
    /// <summary>The instances by id.</summary>
    public ConcurrentDictionary<string, SandboxInstance> Instances { get; } = new();

    /// <summary>The files of each backup, each with its database; none for a snapshot.</summary>
    public ConcurrentDictionary<(string Instance, string Backup), IReadOnlyList<SandboxBackupFile>> Files { get; } =
        new();

    /// <summary>The logs of each instance.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<AlibabaLog>> Logs { get; } = new();

    /// <summary>Adds a log to an instance.</summary>
    public void AddLog(SandboxCloud cloud, string instanceId, AlibabaLog log)
    {
        Logs.GetOrAdd(instanceId, _ => new()).Enqueue(log with { Start = ToSecond(log.Start) });
        if (log.File is not null)
            cloud.Put(log.File);
    }

    /// <summary>The version of the signatures of links to the files: 1, or 4 as new buckets have it.</summary>
    public int LinkVersion { get; set; } = 1;

    /// <summary>True for lists without addresses, as for a key without the permission to download backups.</summary>
    public bool HidesAddresses { get; set; }

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
        Instances[instanceId].Backups[backupId] = (facts with { CreatedAt = ToSecond(facts.CreatedAt) }, size);
    }

    public void Remove(string instanceId) => Instances.TryRemove(instanceId, out _);

    // The lists have whole seconds.
    private static DateTimeOffset ToSecond(DateTimeOffset time) =>
        time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));
}
