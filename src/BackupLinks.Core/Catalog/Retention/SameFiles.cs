using System.Collections.Generic;
using System.Linq;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Catalog.Retention;

/// <summary>
/// The files that catalogs know under two paths: by a folder that is a link or is mounted twice, or where the system
/// takes names in any case. A removal under one path would take the file from the other.
/// </summary>
/// <param name="disk">The file system.</param>
/// <param name="known">All files that the catalogs know.</param>
internal sealed class SameFiles(Disk disk, IEnumerable<BackupFile> known)
{
    private readonly Dictionary<long, ILookup<FileIdentity, BackupFile>> _identities = [];
    private ILookup<long, BackupFile>? _present;

    /// <summary>The other path of a file, which does not go with its backup; null for none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="status">Its status.</param>
    /// <param name="backup">The backup that goes.</param>
    public string? FindOther(BackupFile file, FileStatus status, SavedBackup backup)
    {
        // A file with a second name of its own keeps its bytes under that. Shares that do not number files say 0.
        if (status is not { Identity: { Inode: not 0 } identity, Links: 1, Size: { } size })
            return null;
        _present ??= known.Where(each => each.State == FilePresence.Present).ToLookup(each => each.Size);
        // Only files of one size can be one file.
        if (!_identities.TryGetValue(size, out var identities))
        {
            identities = _present[size].Select(each => (File: each, disk.Look(each.Path)?.Identity))
                .Where(each => each.Identity is not null).ToLookup(each => each.Identity!.Value, each => each.File);
            _identities.Add(size, identities);
        }

        return identities[identity].FirstOrDefault(other => other.Path != file.Path && !backup.Files.Contains(other)
            && disk.Look(other.Path)?.Identity == identity)?.Path;
    }
}
