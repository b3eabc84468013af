using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Formats;

namespace BackupLinks.Catalog;

/// <summary>The files of one backup or log of one instance.</summary>
internal sealed class SavedBackup
{
    private SavedBackup(IReadOnlyList<BackupFile> files)
    {
        Files = files;
        BackupTime = FirstOf(file => file.BackupTime);
        EndTime = FirstOf(file => file.EndTime);
        SavedAt = files.Max(file => file.SavedAt) ?? default;
        // A file that was saved twice, and one that was moved and saved again, is one part with two copies.
        var parts = files.GroupBy(file => (file.Name, file.Sha256)).ToList();
        PartCount = parts.Count;
        ExpectedPartCount = files.Max(file => file.FileCount);
        Size = parts.Sum(part => part.First().Size);
        Lost = [.. parts.Where(part => part.All(file => file.State == FilePresence.Missing))
            .Select(part => part.First())];
        IsTested = parts.TrueForAll(part => part.Any(file => file.TestState is not null));
        IsWhole = parts.Count >= (ExpectedPartCount ?? 1) && parts.TrueForAll(part => part.Any(IsThere));
        IsIntact = IsWhole && parts.TrueForAll(part => part.Any(file => IsThere(file) && IsFoundIntact(file)));
        IsGood = IsWhole && parts.TrueForAll(part => part.Any(file => IsGoodCopy(file, part)));
    }

    /// <summary>The files, by path; at least one.</summary>
    public IReadOnlyList<BackupFile> Files { get; }

    /// <summary>The id of the backup or the log; the file's path where neither is known.</summary>
    public string Id => First.BackupId ?? First.LogId ?? First.Path;

    /// <summary>The key of the service; null when not known.</summary>
    public string? Service => First.Service;

    /// <summary>The instance; null when not known.</summary>
    public string? InstanceId => First.InstanceId;

    /// <summary>The kind of backup in the provider's word; null when not known.</summary>
    public string? Type => FirstOf(file => file.Type);

    /// <summary>
    /// The kind; null for a word of the provider that the module does not know. A backup of which neither is stated
    /// counts as a full one.
    /// </summary>
    public string? Kind => FirstOf(file => file.Kind)
        ?? (First.LogId is not null ? BackupKind.Log : Type is null ? BackupKind.Full : null);

    /// <summary>
    /// The part of the instance that it is of, such as a shard; null for all of it. Parts are kept and watched each by
    /// itself, because a restore needs a backup of every one.
    /// </summary>
    public string? Part => FirstOf(file => file.Part);

    /// <summary>When it was begun; null when not known.</summary>
    public DateTimeOffset? BackupTime { get; }

    /// <summary>When it ended; null when not known.</summary>
    public DateTimeOffset? EndTime { get; }

    /// <summary>When it was begun, else when it ended, else when it was saved.</summary>
    public DateTimeOffset Time => BackupTime ?? EndTime ?? SavedAt;

    /// <summary>When its last file was saved.</summary>
    public DateTimeOffset SavedAt { get; }

    /// <summary>The size in bytes, as it was saved; a file with two copies counts once.</summary>
    public long Size { get; }

    /// <summary>The number of different files that were saved.</summary>
    public int PartCount { get; }

    /// <summary>The number of files that it has in the cloud; null when not known.</summary>
    public int? ExpectedPartCount { get; }

    /// <summary>The files of which no copy is on the disk any more.</summary>
    public IReadOnlyList<BackupFile> Lost { get; }

    /// <summary>True when each file was tested, whatever the result.</summary>
    public bool IsTested { get; }

    /// <summary>True when the removal of one of its files was begun, and not ended.</summary>
    public bool IsBeingRemoved => Files.Any(file => file.IsBeingRemoved);

    /// <summary>True when a file of it is gone since then, so that only the end of the removal is left.</summary>
    public bool IsPartlyRemoved => IsBeingRemoved && Lost.Count > 0;

    /// <summary>True when all of its files are on the disk, unchanged.</summary>
    public bool IsWhole { get; }

    /// <summary>True when the last test of each file found it intact.</summary>
    public bool IsIntact { get; }

    /// <summary>True when it can be restored from as far as is known: whole, and no test found a problem.</summary>
    public bool IsGood { get; }

    /// <summary>True for a file of it of which a good copy is on the disk besides.</summary>
    /// <param name="file">The file.</param>
    public bool HasGoodCopy(BackupFile file)
    {
        BackupFile[] part = [.. Files.Where(other => other.Name == file.Name && other.Sha256 == file.Sha256)];
        return part.Any(other => IsGoodCopy(other, part));
    }

    private BackupFile First => Files[0];

    /// <summary>Puts the files of each backup together.</summary>
    /// <param name="files">Files that a catalog knows.</param>
    public static IReadOnlyList<SavedBackup> Group(IEnumerable<BackupFile> files) =>
        [.. files
            .GroupBy(file => (file.Service, file.InstanceId, file.BackupId ?? file.LogId ?? file.Path))
            .SelectMany(SplitByTime)
            .Select(files => new SavedBackup([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]))];

    // A provider may use an id again. A file without a time belongs to the only backup of its id.
    private static IEnumerable<IEnumerable<BackupFile>> SplitByTime(IEnumerable<BackupFile> files)
    {
        var backups = files.GroupBy(file => file.BackupTime).ToList();
        return backups.Count(backup => backup.Key is not null) > 1 ? backups : [backups.SelectMany(backup => backup)];
    }

    private T? FirstOf<T>(Func<BackupFile, T?> value) => Files.Select(value).FirstOrDefault(each => each is not null);

    // A defect of one copy is one of all copies of the content, unless a test of another says otherwise.
    private static bool IsGoodCopy(BackupFile file, IEnumerable<BackupFile> copies) =>
        IsThere(file) && !IsFoundBad(file)
            && (IsFoundIntact(file) || !copies.Any(other => IsThere(other) && IsFoundBad(other)));

    private static bool IsThere(BackupFile file) => file.State == FilePresence.Present;

    private static bool IsFoundIntact(BackupFile file) => file.TestState == BackupFileState.Intact;

    private static bool IsFoundBad(BackupFile file) => BackupFileState.IsProblem(file.TestState);
}
