using System;
using BackupLinks.Time;

namespace BackupLinks.Catalog.Status;

/// <summary>A saved backup of an instance, or a failed one in the cloud, as reports show it.</summary>
public sealed class InstanceBackup
{
    internal InstanceBackup()
    {
    }

    /// <summary>When it was begun, else when it ended, else when it was saved.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>
    /// A word of <see cref="InstanceState"/>: Ok, NotTested, Damaged, Missing, or Failed in the cloud.
    /// </summary>
    public string State { get; internal init; } = InstanceState.Ok;

    /// <summary>The problem in one sentence; null for none.</summary>
    public string? Problem { get; internal init; }

    /// <summary>The id of the backup or the log; null when not known.</summary>
    public string? BackupId { get; internal init; }

    /// <summary>
    /// What a restore needs besides it: a word of <see cref="BackupKind"/>; null for a failed one, and for a type that
    /// is not known.
    /// </summary>
    public string? Kind { get; internal init; }

    /// <summary>The kind of backup in the provider's word; null when not known.</summary>
    public string? Type { get; internal init; }

    /// <summary>The size of its files in bytes; null for a failed one.</summary>
    public long? Size { get; internal init; }

    /// <summary>The number of its files that were saved; 0 for a failed one.</summary>
    public int FileCount { get; internal init; }

    /// <summary>The number of its files in the cloud; null when not known.</summary>
    public int? ExpectedFileCount { get; internal init; }

    /// <summary>When its last file was saved; null for a failed one.</summary>
    public DateTimeOffset? SavedAt { get; internal init; }

    /// <summary>The time, with the state.</summary>
    public override string ToString() => AgeText.FormatMoment(Time) + " " + State;
}
