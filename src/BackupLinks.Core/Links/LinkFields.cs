using System;

namespace BackupLinks.Links;

/// <summary>The fields that every kind of link has; see <see cref="DownloadLink"/> for the meaning.</summary>
internal sealed record LinkFields(
    Uri Uri, string FileName, long? Size, DateTimeOffset? ExpiresAt, BackupDetails Details)
{
    /// <summary>The kind of backup.</summary>
    public string? BackupKind { get; init; }

    /// <summary>The part of the instance that the backup is of.</summary>
    public string? BackupPart { get; init; }

    /// <summary>The number of files of the backup.</summary>
    public int? FileCount { get; init; }
}
