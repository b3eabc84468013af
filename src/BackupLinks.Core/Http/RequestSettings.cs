using System;

namespace BackupLinks.Http;

/// <summary>How patient one command is with a service.</summary>
internal sealed record RequestSettings
{
    /// <summary>The time for one attempt, from connecting to the last byte; null for no limit.</summary>
    public TimeSpan? AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a failed request is sent again; 0 for never.</summary>
    public int MaximumRetryCount { get; init; } = 4;

    /// <summary>The upper bound of the first delay; it doubles with every retry.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);
}
