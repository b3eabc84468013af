using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Catalog.Retention;

/// <summary>
/// When the first full backup of each instance was begun, and of each part that is backed up by itself.
/// </summary>
/// <param name="backups">All backups.</param>
internal sealed class FirstFulls(IEnumerable<SavedBackup> backups)
{
    private readonly Dictionary<(string?, string?, string?), DateTimeOffset> _times = backups
        .Where(BackupChain.IsFull).GroupBy(KeyOf)
        .ToDictionary(fulls => fulls.Key, fulls => fulls.Min(full => full.Time));

    /// <summary>
    /// The part whose full backups a backup hangs on; null for those of the whole instance, on which it hangs where
    /// none of its part is before it.
    /// </summary>
    public string? PartOf(SavedBackup backup) =>
        _times.TryGetValue(KeyOf(backup), out var first) && first <= backup.Time ? backup.Part : null;

    private static (string?, string?, string?) KeyOf(SavedBackup backup) =>
        (backup.Service, backup.InstanceId, backup.Part);
}
