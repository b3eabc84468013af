using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Formats;

namespace BackupLinks.Catalog;

/// <summary>The files of one backup or log of one instance.</summary>
internal sealed class SavedBackup
{
    private SavedBackup(IReadOnlyList<BackupFile> files) => Files = files;

    /// <summary>The files, by path; at least one.</summary>
    public IReadOnlyList<BackupFile> Files { get; }

    /// <summary>The id of the backup or the log; the file's path where neither is known.</summary>
    public string Id => First.BackupId ?? First.LogId ?? First.Path;

    /// <summary>The key of the service; null when not known.</summary>
    public string? Service => First.Service;

    /// <summary>The instance; null when not known.</summary>
    public string? InstanceId => First.InstanceId;

    /// <summary>The kind of backup in the provider's word; null when not known.</summary>
    public string? Type => First.Type;

    /// <summary>The kind; a backup of which it is not known counts as a full one.</summary>
    public string Kind => First.Kind ?? (First.LogId is null ? BackupKind.Full : BackupKind.Log);

    /// <summary>When it was begun, else when it ended, else when it was saved.</summary>
    public DateTimeOffset Time => First.BackupTime ?? First.EndTime ?? SavedAt;

    /// <summary>When its last file was saved.</summary>
    public DateTimeOffset SavedAt => Files.Max(file => file.SavedAt) ?? default;

    /// <summary>The size of all files in bytes, as they were saved.</summary>
    public long Size => Files.Sum(file => file.Size);

    /// <summary>True when all of its files are on the disk, unchanged.</summary>
    public bool IsWhole =>
        Files.All(file => file.State == FilePresence.Present) && !(First.FileCount > Files.Count);

    /// <summary>True when the last test of each file found it intact.</summary>
    public bool IsIntact => IsWhole && Files.All(file => file.TestState == BackupFileState.Intact);

    /// <summary>True when it can be restored from as far as is known: whole, and no test found a problem.</summary>
    public bool IsGood => IsWhole && Files.All(file => file.TestState is null or BackupFileState.Intact
        or BackupFileState.Unverifiable or BackupFileState.Unsupported);

    private BackupFile First => Files[0];

    /// <summary>Puts the files of each backup together.</summary>
    /// <param name="files">Files that a catalog knows.</param>
    public static IReadOnlyList<SavedBackup> Group(IEnumerable<BackupFile> files) =>
        [.. files
            .GroupBy(file => (file.Service, file.InstanceId, file.BackupId ?? file.LogId ?? file.Path))
            .Select(files => new SavedBackup([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]))];
}
