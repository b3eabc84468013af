using System;

namespace BackupLinks.Transfer;

/// <summary>The ids of the backup or log of a file; null when they do not apply or are not known.</summary>
internal sealed record SourceIds(string? InstanceId, string? BackupId, string? LogId)
{
    /// <summary>The name of the instance.</summary>
    public string? InstanceName { get; init; }

    /// <summary>The time of the backup, or the day of the log.</summary>
    public DateTimeOffset? BackupTime { get; init; }
}
