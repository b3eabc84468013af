using System.Collections.Generic;

namespace BackupLinks.Catalog.Retention;

/// <summary>
/// The order of backups in time. When two have one time, the one that was saved later is the newer, then the one with
/// the greater id.
/// </summary>
internal sealed class BackupOrder : IComparer<SavedBackup>
{
    private BackupOrder()
    {
    }

    /// <summary>The order, oldest first.</summary>
    public static BackupOrder OldestFirst { get; } = new();

    /// <inheritdoc/>
    public int Compare(SavedBackup? x, SavedBackup? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        int order = x.Time.CompareTo(y.Time);
        if (order == 0)
            order = x.SavedAt.CompareTo(y.SavedAt);
        if (order == 0)
            order = string.CompareOrdinal(x.Id, y.Id);
        return order != 0 ? order : string.CompareOrdinal(x.Files[0].Path, y.Files[0].Path);
    }
}
