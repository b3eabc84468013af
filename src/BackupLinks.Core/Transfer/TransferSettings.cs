using System;

namespace BackupLinks.Transfer;

/// <summary>How one command saves files.</summary>
internal sealed record TransferSettings
{
    /// <summary>Connections for one file; null to choose by its size.</summary>
    public int? SegmentCount { get; init; }

    /// <summary>How long a connection may be silent.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The fewest bytes a second, over <see cref="StallTimeout"/>, that a file may come with; 0 for any.
    /// </summary>
    public long MinimumSpeed { get; init; } = 1024;

    /// <summary>True to take no entity tag for an MD5.</summary>
    public bool IgnoreEntityTag { get; init; }

    /// <summary>How often in a row a transfer may fail without a byte in between.</summary>
    public int MaximumRetryCount { get; init; } = 4;

    /// <summary>The upper bound of the first delay; it doubles with every retry.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>True to take the place of files that are there.</summary>
    public bool Force { get; init; }

    /// <summary>True to test each file as a backup while it comes.</summary>
    public bool Test { get; init; }

    /// <summary>True to let plain http lead to other machines.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>True to let plain http lead to private addresses.</summary>
    public bool AllowIntranetHttp { get; init; }
}
