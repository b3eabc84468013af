using System;

namespace BackupLinks.Discovery;

/// <summary>A backup of an instance. Null means that the provider's list does not say.</summary>
public abstract class CloudBackup : CloudResource
{
    private protected CloudBackup()
    {
    }

    /// <summary>The instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public abstract string? InstanceName { get; }

    /// <summary>The id of the backup.</summary>
    public abstract string BackupId { get; }

    /// <summary>The kind of backup in the provider's word.</summary>
    public abstract string? Type { get; }

    /// <summary>The state in the provider's word.</summary>
    public abstract string? Status { get; }

    /// <summary>True for a backup that the provider returns links for.</summary>
    public abstract bool IsDownloadable { get; }

    /// <summary>The size in bytes, to the precision that the provider gives.</summary>
    public abstract long? Size { get; }

    /// <summary>The time that backups are chosen by, and that their age counts from.</summary>
    public abstract DateTimeOffset? BackupTime { get; }

    /// <summary>When it ended; null when it did not.</summary>
    public abstract DateTimeOffset? EndTime { get; }
}
