using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;

namespace BackupLinks.Catalog;

/// <summary>Which saved files are wanted. Members that are null or empty choose nothing.</summary>
internal sealed record BackupFileFilter
{
    /// <summary>The keys of services, or their last parts; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The instances.</summary>
    public IReadOnlyList<string> InstanceIds { get; init; } = [];

    /// <summary>The names of files or instances.</summary>
    public NameFilter? Names { get; init; }

    /// <summary>The earliest time, inclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time, inclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The kinds of backup, in the module's words or the provider's.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Words of <see cref="FilePresence"/> and of <see cref="Formats.BackupFileState"/>.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Only files that were not tested at or after this time.</summary>
    public DateTimeOffset? NotTestedSince { get; init; }

    /// <summary>The time. A test after it was noted by a clock that was wrong, and does not count.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>True for a file that is wanted.</summary>
    public bool IsWanted(BackupFile file) =>
        (Services.Count == 0 || Services.Any(service => IsService(file.Service, service)))
        && (InstanceIds.Count == 0 || Has(InstanceIds, file.InstanceId))
        && (Names is null || Names.IsWanted(file.Name) || Names.IsWanted(file.InstanceName))
        && (Since is null || file.Time >= Since) && (Until is null || file.Time <= Until)
        && (Types.Count == 0 || Has(Types, file.Kind) || Has(Types, file.Type))
        && (States.Count == 0 || Has(States, file.State) || Has(States, file.TestState))
        && (NotTestedSince is null || !(file.TestedAt >= NotTestedSince && file.TestedAt <= Now));

    private static bool Has(IReadOnlyList<string> words, string? word) =>
        word is not null && words.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool IsService(string? key, string service) =>
        key is not null && (key.Equals(service, StringComparison.OrdinalIgnoreCase)
            || key.EndsWith("." + service, StringComparison.OrdinalIgnoreCase));
}
