using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Catalog.Reports;

/// <summary>What a report tells.</summary>
/// <param name="Instances">The instances, one row for each.</param>
/// <param name="Now">The time of the report.</param>
internal sealed record ReportContent(IReadOnlyList<InstanceStatus> Instances, DateTimeOffset Now)
{
    /// <summary>The zone whose days a page shows.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The exit code of the run that the report is of; null for none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The instances, each once, the worst first.</summary>
    public IEnumerable<InstanceStatus> WorstFirst => Instances
        .GroupBy(row => (row.Service, row.InstanceId)).Select(same => same.First())
        .OrderBy(row => InstanceState.Rank(row.State)).ThenBy(row => row.Service, StringComparer.Ordinal)
        .ThenBy(row => row.InstanceName ?? row.InstanceId, StringComparer.OrdinalIgnoreCase)
        .ThenBy(row => row.InstanceId, StringComparer.Ordinal);

    /// <summary>How many instances are in each state that occurs, the worst first.</summary>
    public IEnumerable<(string State, int Count)> Counts =>
        WorstFirst.GroupBy(row => row.State).Select(group => (group.Key, group.Count()));
}
