using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Catalog.Retention;
using BackupLinks.Text;

namespace BackupLinks.Catalog.Status;

/// <summary>
/// The saved backups of a part of an instance that is backed up by itself, such as a shard; also backups of the whole
/// instance count for it. An instance without such parts is one.
/// </summary>
internal sealed class PartBackups
{
    private readonly SavedBackup[] _newestFirst;

    private PartBackups(string? part, IEnumerable<SavedBackup> newestFirst)
    {
        Part = part;
        _newestFirst = [.. newestFirst];
        Newest = FindNewest(_newestFirst);
        Size = Newest is null ? null
            : SizeCheck.OfNewest(OwnBackups.SkipWhile(backup => backup != Newest), Newest.Kind);
    }

    /// <summary>The part; null for the whole instance.</summary>
    public string? Part { get; }

    /// <summary>The newest backup that can be restored from; null for none.</summary>
    public SavedBackup? Newest { get; }

    /// <summary>The check of its size.</summary>
    public SizeCheck? Size { get; }

    /// <summary>The part as it reads after a word in a sentence; empty for the whole instance.</summary>
    public string Label => (Newest is null ? Part : Newest.Part) is { } part
        ? $" of shard '{ScreenText.Excerpt(part)}'" : "";

    // Sizes of a part are not compared with those of the whole instance.
    private IEnumerable<SavedBackup> OwnBackups => _newestFirst.Where(backup => backup.Part == Newest?.Part);

    /// <summary>Splits the backups of an instance.</summary>
    /// <param name="newestFirst">The backups, newest first.</param>
    /// <param name="listed">The parts that the cloud lists backups of; null when it did not say.</param>
    public static IReadOnlyList<PartBackups> Split(
        IReadOnlyList<SavedBackup> newestFirst, IReadOnlyList<CloudPart>? listed)
    {
        string[] parts = [.. (listed ?? []).Select(part => part.Part).OfType<string>().Union(FindParts(newestFirst))
            .OrderBy(part => part, StringComparer.Ordinal)];
        return parts.Length == 0 ? [new PartBackups(null, newestFirst)]
            : [.. parts.Select(part => new PartBackups(
                part, newestFirst.Where(backup => backup.Part is null || backup.Part == part)))];
    }

    /// <summary>
    /// The parts that backups are saved of: each of them must have new ones as long as it has old ones.
    /// </summary>
    public static IEnumerable<string> FindParts(IEnumerable<SavedBackup> saved) => saved
        .Where(backup => backup.Kind != BackupKind.Log).Select(backup => backup.Part).OfType<string>().Distinct();

    /// <summary>True for a backup that counts for the part.</summary>
    public bool Has(SavedBackup backup) => _newestFirst.Contains(backup);

    /// <summary>The newest backup that is good by itself, and may lack what it hangs on; null for none.</summary>
    public SavedBackup? FindAlone() =>
        _newestFirst.FirstOrDefault(backup => backup.Kind != BackupKind.Log && backup.IsGood);

    /// <summary>The check of the size of the newest whole backup of a kind; null where there is none.</summary>
    public SizeCheck? CheckSize(string kind) => SizeCheck.OfNewest(OwnBackups, kind);

    // An incremental backup restores with its full one, and with every incremental one between.
    private static SavedBackup? FindNewest(SavedBackup[] newestFirst)
    {
        var good = new HashSet<SavedBackup>();
        var fulls = new FirstFulls(newestFirst);
        foreach (var part in newestFirst.Where(backup => backup.Kind is not null).GroupBy(fulls.PartOf))
            good.UnionWith(BackupChain.Build([.. part.Reverse()], out _).SelectMany(chain => chain.FindGood()));
        return newestFirst.FirstOrDefault(good.Contains);
    }
}
