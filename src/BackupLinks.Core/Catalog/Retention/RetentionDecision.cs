using System;

namespace BackupLinks.Catalog.Retention;

/// <summary>Whether a file stays, and why.</summary>
public sealed class RetentionDecision
{
    internal RetentionDecision(string path, bool keep, string reason) => (Path, Keep, Reason) = (path, keep, reason);

    internal RetentionDecision(BackupFile file, bool keep, string reason)
        : this(file.Path, keep, reason)
    {
        Service = file.Service;
        InstanceId = file.InstanceId;
        InstanceName = file.InstanceName;
        BackupId = file.BackupId;
        LogId = file.LogId;
        BackupTime = file.BackupTime;
        Size = file.Size;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>True when the file stays; false when it was removed, or would be with -WhatIf.</summary>
    public bool Keep { get; }

    /// <summary>Why it stays, or why it goes; all reasons, with commas between.</summary>
    public string Reason { get; }

    /// <summary>The key of the service; null when not known.</summary>
    public string? Service { get; }

    /// <summary>The instance; null when not known.</summary>
    public string? InstanceId { get; }

    /// <summary>The name of the instance; null when not known.</summary>
    public string? InstanceName { get; }

    /// <summary>The backup; null for a log, and when not known.</summary>
    public string? BackupId { get; }

    /// <summary>The log; null for a backup.</summary>
    public string? LogId { get; }

    /// <summary>When the backup was begun; null when not known.</summary>
    public DateTimeOffset? BackupTime { get; }

    /// <summary>The size that the file was saved with, in bytes; null for a file that no catalog knows.</summary>
    public long? Size { get; }

    /// <summary>The file, and what was decided about it.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => Path;
}
