using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Catalog.Retention;

/// <summary>A full backup, and the incremental ones and logs that hang on it.</summary>
internal sealed class BackupChain
{
    private readonly List<SavedBackup> _dependants = [];

    private BackupChain(SavedBackup full) => Full = full;

    /// <summary>The full backup.</summary>
    public SavedBackup Full { get; }

    /// <summary>What hangs on it, oldest first.</summary>
    public IReadOnlyList<SavedBackup> Dependants => _dependants;

    /// <summary>All of it, newest first: what hangs on a backup is removed before it.</summary>
    public IEnumerable<SavedBackup> NewestFirst => _dependants.AsEnumerable().Reverse().Append(Full);

    /// <summary>Puts the backups of one instance together.</summary>
    /// <param name="backups">The backups, oldest first.</param>
    /// <param name="orphans">Incremental ones and logs that no full backup is before, oldest first.</param>
    /// <returns>The chains, oldest first.</returns>
    public static IReadOnlyList<BackupChain> Build(
        IReadOnlyList<SavedBackup> backups, out IReadOnlyList<SavedBackup> orphans)
    {
        var chains = backups.Where(IsFull).Select(full => new BackupChain(full)).ToList();
        var alone = new List<SavedBackup>();
        int next = 0;
        foreach (var backup in backups.Where(backup => !IsFull(backup)))
        {
            // One that began with a full backup hangs on that one, whichever of the two was saved first.
            while (next < chains.Count && chains[next].Full.Time <= backup.Time)
                next++;
            (next == 0 ? alone : chains[next - 1]._dependants).Add(backup);
        }

        orphans = alone;
        return chains;
    }

    /// <summary>True for a backup that restores by itself, as far as its kind is concerned.</summary>
    public static bool IsFull(SavedBackup backup) => backup.Kind == BackupKind.Full;

    /// <summary>
    /// The backups that can be restored, and whose restore needs only files that a test found intact: the full backup,
    /// and the incremental ones before the first of which that is not true.
    /// </summary>
    public IEnumerable<SavedBackup> FindIntact() => FindRestorable(backup => backup.IsIntact);

    /// <summary>The same of backups that are whole, and in which no test found a problem.</summary>
    public IEnumerable<SavedBackup> FindGood() => FindRestorable(backup => backup.IsGood);

    private IEnumerable<SavedBackup> FindRestorable(Func<SavedBackup, bool> isUsable) => !isUsable(Full) ? []
        : _dependants.Where(backup => backup.Kind != BackupKind.Log).TakeWhile(isUsable).Append(Full);
}
