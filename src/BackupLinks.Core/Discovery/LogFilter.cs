using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Discovery;

/// <summary>Which logs of an instance are requested. Members that are null or empty choose nothing.</summary>
internal sealed record LogFilter
{
    /// <summary>The kinds; empty for all.</summary>
    public IReadOnlyList<LogKind> Kinds { get; init; } = [];

    /// <summary>The first day.</summary>
    public DateTime? Since { get; init; }

    /// <summary>The last day.</summary>
    public DateTime? Until { get; init; }

    /// <summary>The names that are wanted; null for all.</summary>
    public NameFilter? Names { get; init; }

    /// <summary>The provider's words for states; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Only the newest log that can be downloaded, of each shard and node.</summary>
    public bool Latest { get; init; }

    /// <summary>The logs of a list that are wanted.</summary>
    /// <param name="pager">Gets the pages.</param>
    public IListing<ILog> Apply(Pager<ILog> pager)
    {
        var logs = new Listing<ILog>(pager, IsWanted);
        return Latest ? new LatestLogs(logs) : logs;
    }

    /// <summary>True for a log that is wanted, but for its kind and for <see cref="Latest"/>.</summary>
    public bool IsWanted(ILog log) =>
        Names?.IsWanted(log.Name) != false && !(log.Date < Since) && !(log.Date > Until)
        && (Statuses.Count == 0 || Statuses.Contains(log.Status, StringComparer.OrdinalIgnoreCase));
}
