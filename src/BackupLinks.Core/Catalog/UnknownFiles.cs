using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Catalog;

/// <summary>The files of a folder that its catalog does not know. It keeps numbers of the known ones only.</summary>
/// <param name="disk">The file system.</param>
internal sealed class UnknownFiles(Disk disk)
{
    private readonly HashSet<ulong> _known = [];

    /// <summary>Notes a file that the catalog knows.</summary>
    public void AddKnown(BackupFile file) => _known.Add(CatalogHead.KeyOf(file.Path));

    /// <summary>
    /// The others in a folder and in those below it, by path, except for folders with a catalog of their own. No link
    /// is followed.
    /// </summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public IEnumerable<BackupFile> In(string folder)
    {
        if (!Directory.Exists(folder))
            yield break;
        var entries = new DirectoryInfo(folder).GetFileSystemInfos();
        Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var entry in entries)
        {
            if (entry is DirectoryInfo inner)
            {
                if (IsInScope(inner))
                {
                    foreach (var file in In(inner.FullName))
                        yield return file;
                }
            }
            else if (disk.Look(entry.FullName) is { Type: FileType.Regular } status
                && !PartialFileName.IsReserved(entry.Name)
                && !_known.Contains(CatalogHead.KeyOf(entry.FullName)))
            {
                yield return new BackupFile(entry.FullName)
                {
                    State = FilePresence.Unknown, Size = status.Size ?? ((FileInfo)entry).Length,
                };
            }
        }
    }

    private bool IsInScope(DirectoryInfo folder) =>
        folder.Name != CatalogFolder.Name && disk.Look(folder.FullName) is { Type: FileType.Folder }
        && CatalogFolder.FindAbove(disk, folder.FullName) != folder.FullName;
}
