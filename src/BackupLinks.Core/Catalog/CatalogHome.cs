using System;
using System.IO;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Catalog;

/// <summary>
/// The folder of a catalog, compared with its state at the beginning. When its volume is unmounted meanwhile, the path
/// leads to the empty mount point, and nothing may be written there.
/// </summary>
/// <param name="folder">The full path of the folder with the saved files.</param>
/// <param name="disk">The file system.</param>
/// <param name="isFound">True for a catalog that is there.</param>
internal sealed class CatalogHome(string folder, Disk disk, bool isFound)
{
    private readonly string _catalog = Path.Combine(folder, CatalogFolder.Name);
    private readonly FileStatus? _folderBefore = TryLook(disk, folder);
    private volatile FileStatus? _catalogBefore = TryLook(disk, Path.Combine(folder, CatalogFolder.Name));

    /// <summary>
    /// What is no longer as it was, as the beginning of a sentence, and what helps; null for nothing. A disk that
    /// cannot say is lost, too.
    /// </summary>
    public (string Problem, string Advice)? FindLoss()
    {
        bool hasCatalog = isFound || _catalogBefore is { Type: FileType.Folder };
        // A folder that is to be made by this command is none that was lost, and behind a link is any.
        if (!hasCatalog && _folderBefore is not { Type: FileType.Folder })
            return null;
        string path = hasCatalog ? _catalog : folder;
        var before = hasCatalog ? _catalogBefore : _folderBefore;
        FileStatus? status;
        try
        {
            status = disk.Look(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ($"The folder '{path}' cannot be looked at any more ({e.Message.TrimEnd('.')})",
                "check its disk and its permissions");
        }

        if (status is not { Type: FileType.Folder } now)
            return ($"The folder '{path}' is no longer there, as when its volume was unmounted", "mount it");
        // The number of a folder changes on some network shares; its device does so only with the mount.
        return now.IsOnOtherVolume(before) ? FileErrors.OtherVolume(path) : null;
    }

    /// <summary>The catalog was made: from now on it must be there.</summary>
    public void SetFound() => _catalogBefore ??= TryLook(disk, _catalog);

    private static FileStatus? TryLook(Disk disk, string path)
    {
        try
        {
            return disk.Look(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error is told when the folder is used.
            return null;
        }
    }
}
