using BackupLinks.Discovery;

namespace BackupLinks.Providers;

/// <summary>One log of a kind as the vendor's pages have it, for examples and tests.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="LogId">The id.</param>
internal sealed record LogSample(LogKind Kind, string LogId)
{
    /// <summary>The instance; null for that of <see cref="BackupService.SampleIds"/>.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The engine of the instance; null where logs of this kind are listed alike for all engines.</summary>
    public string? Engine { get; init; }

    /// <summary>
    /// True where a request lists the files. False for a log that the service exports without a list of it, and for
    /// a list that needs the nodes of the instance first.
    /// </summary>
    public bool IsListed { get; init; } = true;

    /// <summary>
    /// True for a kind that not every instance has: its refusal is told only to the caller who names the kind.
    /// </summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>True for the only log of this kind that an instance has: its id is the kind.</summary>
    public bool IsOnlyOne { get; init; }

    /// <summary>True where the links are in the list of logs, because the API has no request for one log.</summary>
    public bool IsFoundInList { get; init; }

    /// <summary>True for a log that the service exports when its links are requested.</summary>
    public bool IsExported { get; init; }

    /// <summary>
    /// True where one request begins an export and another one has its links: a response without files is one that has
    /// just begun.
    /// </summary>
    public bool IsExportedApart { get; init; }

    /// <summary>
    /// False for one that is older than the service keeps logs: a list without bounds does not have it.
    /// </summary>
    public bool IsKept { get; init; } = true;

    /// <summary>True where the list has the state of a log.</summary>
    public bool HasStatus { get; init; } = true;

    /// <summary>True where the list has the time of a log.</summary>
    public bool HasTime { get; init; } = true;

    /// <summary>True for a kind without addresses inside the provider's network, of a service that has some.</summary>
    public bool IsPublicOnly { get; init; }
}
