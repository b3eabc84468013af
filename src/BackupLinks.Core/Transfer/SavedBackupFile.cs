using System;
using BackupLinks.Formats;

namespace BackupLinks.Transfer;

/// <summary>A file that is there, whole and verified.</summary>
public sealed class SavedBackupFile
{
    internal SavedBackupFile(string path, long size, string sha256, string status, SourceIds ids, string source)
    {
        Path = path;
        Size = size;
        Sha256 = sha256;
        Status = status;
        InstanceId = ids.InstanceId;
        InstanceName = ids.InstanceName;
        BackupTime = ids.BackupTime;
        BackupId = ids.BackupId;
        LogId = ids.LogId;
        Source = source;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The file's name, without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The same as <see cref="Name"/>, as links have it.</summary>
    public string FileName => Name;

    /// <summary>The size in bytes.</summary>
    public long Size { get; }

    /// <summary>The SHA-256 of the file, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>
    /// The kinds of the stated checksums that the file has, with commas between them: <c>SHA-256</c>, <c>MD5</c>,
    /// <c>CRC-64</c>. The caller, the provider or the store stated them. Null when none of them did.
    /// </summary>
    public string? VerifiedBy { get; internal init; }

    /// <summary>Whether it was downloaded or there already: a member of <see cref="SaveStatus"/>.</summary>
    public string Status { get; }

    /// <summary>How long it took, from its turn to its name.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>The same in seconds, to the millisecond.</summary>
    public double DurationSec => Math.Round(Duration.TotalSeconds, 3);

    /// <summary>Bytes that an earlier run had left, and that did not have to come again.</summary>
    public long BytesResumed { get; internal init; }

    /// <summary>How often the link had to be renewed.</summary>
    public int LinkRenewals { get; internal init; }

    /// <summary>What a test of the file found; null when it was not tested.</summary>
    public BackupFileReport? Report { get; internal init; }

    /// <summary>The instance that was backed up; null when the link did not say.</summary>
    public string? InstanceId { get; }

    /// <summary>The name of that instance; null when the link did not say.</summary>
    public string? InstanceName { get; }

    /// <summary>The time of the backup, or the day of the log; null when the link did not say.</summary>
    public DateTimeOffset? BackupTime { get; }

    /// <summary>The backup; null for a log, or when the link did not say.</summary>
    public string? BackupId { get; }

    /// <summary>The log; null for a backup.</summary>
    public string? LogId { get; }

    /// <summary>Where it came from: the address without its query.</summary>
    public string Source { get; }

    /// <summary>The path.</summary>
    /// <returns>The same as <see cref="Path"/>.</returns>
    public override string ToString() => Path;
}
