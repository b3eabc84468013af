using System;

namespace BackupLinks.Discovery;

/// <summary>What the logs of all providers have in common, as far as they are chosen by it; null where the list does not say.</summary>
internal interface ILog
{
    string InstanceId { get; }

    string LogId { get; }

    string? Name { get; }

    string? Status { get; }

    bool IsDownloadable { get; }

    /// <summary>The day of the log, without a zone.</summary>
    DateTime? Date { get; }

    /// <summary>What tells apart the logs of one day that only together are all of it.</summary>
    (string? Shard, string? Node) Part { get; }
}
