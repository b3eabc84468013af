using System;

namespace BackupLinks.Links;

/// <summary>What a list says of a backup, and the answer with its links does not; null where the caller does not know.</summary>
/// <param name="InstanceName">The name of the instance.</param>
/// <param name="BackupTime">The time of the backup.</param>
/// <param name="BackupSize">The size of all files of the backup, in bytes, to the precision that the provider gives.</param>
internal sealed record BackupDetails(string? InstanceName = null, DateTimeOffset? BackupTime = null, long? BackupSize = null)
{
    /// <summary>Nothing is known.</summary>
    public static readonly BackupDetails None = new();
}
