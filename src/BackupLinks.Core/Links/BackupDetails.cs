using System;

namespace BackupLinks.Links;

/// <summary>
/// The details of a backup that a list states, and the response with its links does not; null for unknown.
/// </summary>
/// <param name="InstanceName">The name of the instance.</param>
/// <param name="BackupTime">The time of the backup.</param>
/// <param name="BackupSize">
/// The size of all files of the backup, in bytes, to the precision that the provider gives.
/// </param>
internal sealed record BackupDetails(
    string? InstanceName = null, DateTimeOffset? BackupTime = null, long? BackupSize = null)
{
    /// <summary>When the backup ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The kind of backup in the provider's word.</summary>
    public string? Type { get; init; }

    /// <summary>The database engine.</summary>
    public string? Engine { get; init; }

    /// <summary>True for an encrypted backup.</summary>
    public bool? IsEncrypted { get; init; }

    /// <summary>Nothing is known.</summary>
    public static readonly BackupDetails None = new();
}
