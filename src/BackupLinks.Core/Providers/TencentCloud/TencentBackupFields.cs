using System;

namespace BackupLinks.TencentCloud;

/// <summary>What a service reads out of an entry of its list of backups; null for what that does not state.</summary>
/// <param name="Id">The id.</param>
internal sealed record TencentBackupFields(string Id)
{
    public string? Name { get; init; }

    /// <summary>The extent: full or a part.</summary>
    public string? Type { get; init; }

    /// <summary>The starter, a person or the schedule.</summary>
    public string? Mode { get; init; }

    /// <summary>How it was made.</summary>
    public string? Method { get; init; }

    /// <summary>The state as a word.</summary>
    public string? Status { get; init; }

    /// <summary>True when it can be downloaded.</summary>
    public bool IsGood { get; init; }

    /// <summary>
    /// Why there is no link of a backup whose state is that of a whole one, behind "cannot be downloaded: "; null where
    /// the state says it.
    /// </summary>
    public string? Obstacle { get; init; }

    /// <summary>True when it came to nothing.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public DateTimeOffset? Expiry { get; init; }

    public string? Region { get; init; }

    /// <summary>True for an encrypted one.</summary>
    public bool IsEncrypted { get; init; }
}
