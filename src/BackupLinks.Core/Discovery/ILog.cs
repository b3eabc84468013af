using System;

namespace BackupLinks.Discovery;

/// <summary>The properties of a log by which all providers' logs are filtered; null for unknown.</summary>
internal interface ILog
{
    string InstanceId { get; }

    string LogId { get; }

    string? Name { get; }

    string? Status { get; }

    bool IsDownloadable { get; }

    /// <summary>The day of the log, without a zone.</summary>
    DateTime? Date { get; }

    /// <summary>The time of its first entry; null where the list has only days.</summary>
    DateTimeOffset? Time { get; }

    /// <summary>The part of the instance that the log covers, such as a shard and a replica.</summary>
    (string? Shard, string? Node) Part { get; }
}
