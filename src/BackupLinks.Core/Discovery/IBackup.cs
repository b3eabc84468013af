using System;

namespace BackupLinks.Discovery;

/// <summary>The properties of a backup by which all providers' backups are filtered.</summary>
internal interface IBackup
{
    string InstanceId { get; }

    string BackupId { get; }

    string? Name { get; }

    string? Status { get; }

    bool IsDownloadable { get; }

    /// <summary>
    /// True for a backup that came to nothing; false for one that is in progress, expired or deleted.
    /// </summary>
    bool HasFailed { get; }

    /// <summary>
    /// When it was begun, as far as the list says: backups are chosen by this time, and their age counts from it.
    /// </summary>
    DateTimeOffset? BackupTime { get; }

    /// <summary>The database engine; null where the list does not say.</summary>
    string? Engine { get; }

    /// <summary>
    /// The part of the instance that the backup covers, such as a shard; null for a backup of all of it.
    /// </summary>
    string? Part { get; }

    /// <summary>True when the provider's word for the kind of backup is this one, in upper or lower case.</summary>
    bool IsOfType(string word);
}
