using System;
using System.Collections.Generic;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Sandbox;

/// <summary>Puts DCS instances, backups and logs into the clouds.</summary>
public static class DcsCloud
{
    /// <summary>Adds a DCS instance, or renames it.</summary>
    public static void AddDcsInstance(
        this SandboxCloud cloud, string instanceId, string name, string status = "RUNNING", string engine = "Redis")
    {
        var instance = Instance(cloud, instanceId);
        (instance.Name, instance.Status, instance.Engine) = (name, status, engine);
    }

    /// <summary>Adds a backup to a DCS instance, and the instance when it is new.</summary>
    /// <param name="cloud">The clouds.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="filePath">The <c>file_path</c> of the API.</param>
    /// <param name="files">The backup's files.</param>
    /// <param name="facts">What lists say of it.</param>
    public static void AddDcsBackup(
        this SandboxCloud cloud, string instanceId, string backupId, string filePath,
        IReadOnlyList<SandboxObject> files,
        SandboxBackupFacts? facts = null)
    {
        facts ??= new();
        // The lists have milliseconds.
        var time = facts.CreatedAt.AddTicks(-(facts.CreatedAt.UtcTicks % TimeSpan.TicksPerMillisecond));
        Instance(cloud, instanceId).Backups[backupId] = new(filePath, files)
        {
            Facts = facts with { CreatedAt = time },
        };
        cloud.PutAll(files);
    }

    /// <summary>Adds a run log to a DCS instance, and the instance when it is new.</summary>
    public static void AddDcsLog(
        this SandboxCloud cloud, string instanceId, string logId, SandboxObject file, DateTime? day = null)
    {
        var instance = Instance(cloud, instanceId);
        instance.Logs[logId] = file;
        if (day is { } date)
            instance.LogDays[logId] = date;
        cloud.Put(file);
    }

    private static SandboxDcsInstance Instance(SandboxCloud cloud, string id) =>
        cloud.Of<DcsFleet>().GetOrAdd(id, _ => new());
}
