using System;

namespace BackupLinks.Transfer;

/// <summary>What a file is a backup or log of; null where it does not apply or is not known.</summary>
internal sealed record SourceIds(string? InstanceId, string? BackupId, string? LogId)
{
    /// <summary>The name of the instance.</summary>
    public string? InstanceName { get; init; }

    /// <summary>The time of the backup, or the day of the log.</summary>
    public DateTimeOffset? BackupTime { get; init; }
}
