using System;

namespace BackupLinks.Transfer;

/// <summary>What a link states of the backup or log of its file, for the catalog; null where it does not.</summary>
internal sealed record SourceDetails
{
    /// <summary>The key of the cloud.</summary>
    public string? Cloud { get; init; }

    /// <summary>The key of the service.</summary>
    public string? Service { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>The database engine.</summary>
    public string? Engine { get; init; }

    /// <summary>The kind: a word of <see cref="Catalog.BackupKind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The kind in the provider's word.</summary>
    public string? Type { get; init; }

    /// <summary>The part of the instance that it is of.</summary>
    public string? Part { get; init; }

    /// <summary>When the backup ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The number of files of the backup.</summary>
    public int? FileCount { get; init; }
}
