using System;

namespace BackupLinks.Catalog;

/// <summary>
/// A file of a backup or a log, as the catalog and the disk have it. Null means that neither the catalog nor the disk
/// states it.
/// </summary>
public sealed class BackupFile
{
    internal BackupFile(string path) => Path = path;

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The file's name, without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether the disk has the file that was saved: a word of <see cref="FilePresence"/>.</summary>
    public string State { get; internal init; } = FilePresence.Present;

    /// <summary>The size that it was saved with, in bytes; that on the disk for a file that no catalog knows.</summary>
    public long Size { get; internal init; }

    /// <summary>The SHA-256 that it was saved with, in lower-case hexadecimal.</summary>
    public string? Sha256 { get; internal init; }

    /// <summary>
    /// The kinds of the stated checksums that it had when it was saved, with commas between them: <c>SHA-256</c>,
    /// <c>MD5</c>, <c>CRC-64</c>.
    /// </summary>
    public string? VerifiedBy { get; internal init; }

    /// <summary>When the file got its name.</summary>
    public DateTimeOffset? SavedAt { get; internal init; }

    /// <summary>The key of the cloud: <c>HuaweiCloud</c>.</summary>
    public string? Cloud { get; internal init; }

    /// <summary>The key of the service: <c>HuaweiCloud.Rds</c>.</summary>
    public string? Service { get; internal init; }

    /// <summary>The region.</summary>
    public string? Region { get; internal init; }

    /// <summary>The instance that was backed up.</summary>
    public string? InstanceId { get; internal init; }

    /// <summary>The name of the instance.</summary>
    public string? InstanceName { get; internal init; }

    /// <summary>The database engine.</summary>
    public string? Engine { get; internal init; }

    /// <summary>The backup; null for a log.</summary>
    public string? BackupId { get; internal init; }

    /// <summary>The log; null for a backup.</summary>
    public string? LogId { get; internal init; }

    /// <summary>What a restore needs besides it: a word of <see cref="BackupKind"/>.</summary>
    public string? Kind { get; internal init; }

    /// <summary>The kind of backup in the provider's word.</summary>
    public string? Type { get; internal init; }

    /// <summary>
    /// The part of the instance, such as a shard, that the provider backs up by itself; null for a backup of all of it.
    /// </summary>
    public string? Part { get; internal init; }

    /// <summary>When the backup was begun.</summary>
    public DateTimeOffset? BackupTime { get; internal init; }

    /// <summary>When the backup ended.</summary>
    public DateTimeOffset? EndTime { get; internal init; }

    /// <summary>When it was begun, else when it ended, else when it was saved.</summary>
    internal DateTimeOffset? Time => BackupTime ?? EndTime ?? SavedAt;

    /// <summary>The number of files of the backup.</summary>
    public int? FileCount { get; internal init; }

    /// <summary>
    /// The result of the last test: a word of <see cref="Formats.BackupFileState"/>; null without one.
    /// </summary>
    public string? TestState { get; internal init; }

    /// <summary>The problem that the last test found, in one sentence; null when it found none.</summary>
    public string? Problem { get; internal init; }

    /// <summary>When the last test ended.</summary>
    public DateTimeOffset? TestedAt { get; internal init; }

    /// <summary>The folder whose catalog has the file; null for a file that no catalog knows.</summary>
    internal string? CatalogFolder { get; init; }

    /// <summary>True when a removal of the file was begun, and not ended.</summary>
    internal bool IsBeingRemoved { get; init; }

    /// <summary>The path.</summary>
    /// <returns>The same as <see cref="Path"/>.</returns>
    public override string ToString() => Path;
}
