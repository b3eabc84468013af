using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Catalog.Status;

/// <summary>Compares the size of a backup with those before it.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Median">The median of those before it, in bytes; null where too few are known.</param>
/// <param name="Count">The number of those before it that were compared.</param>
internal sealed record SizeCheck(SavedBackup Backup, long? Median, int Count)
{
    private const int MostBefore = 7;
    private const int LeastBefore = 3;

    /// <summary>The check of the newest whole backup of a kind; null where there is none.</summary>
    /// <param name="saved">The backups of an instance, the newest first.</param>
    /// <param name="kind">The kind.</param>
    public static SizeCheck? OfNewest(IEnumerable<SavedBackup> saved, string? kind)
    {
        SavedBackup[] whole =
            [.. saved.Where(backup => backup.Kind == kind && backup.IsWhole).Take(MostBefore + 1)];
        if (whole.Length == 0)
            return null;
        long[] before = [.. whole.Skip(1).Select(backup => backup.Size).OrderBy(size => size)];
        return new SizeCheck(whole[0], before.Length < LeastBefore ? null : MedianOf(before), before.Length);
    }

    /// <summary>True for a backup without bytes, and for one that is smaller than the ratio allows.</summary>
    public bool IsSuspicious(double minimumRatio) =>
        Backup.Size == 0 || (Median is { } median && Backup.Size < median * minimumRatio);

    private static long MedianOf(long[] sorted)
    {
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1
            ? sorted[middle] : sorted[middle - 1] + ((sorted[middle] - sorted[middle - 1]) / 2);
    }
}
