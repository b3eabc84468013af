using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// Writes small files in one step: a reader finds the file before or the file after, and never a part. The draft beside
/// it has a name that ends in <c>.tmp</c>.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a file. When this returns, a power cut does not take it away.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path.</param>
    /// <param name="content">All of it.</param>
    /// <param name="forAll">True for a file that every user may read, false for one of its owner.</param>
    /// <exception cref="BackupLinksException">The file cannot be written there; what is there is unchanged.</exception>
    public static void Write(Disk disk, string path, byte[] content, bool forAll)
    {
        var there = disk.Look(path);
        if (there is { Type: FileType.Pipe or FileType.Special })
        {
            throw new BackupLinksException(
                ErrorKind.DestinationUnavailable,
                $"'{path}' is a pipe or a device, and would be replaced by a file; choose another path.");
        }

        FileErrors.RequireFile(path, there);
        if (Platform.IsWindows && !SafeFileName.IsValidOnWindows(Path.GetFileName(path)))
        {
            throw new BackupLinksException(
                ErrorKind.DestinationUnavailable,
                $"'{path}' is not a valid file name on this system, or is that of a device; choose another path.");
        }

        string folder = Path.GetDirectoryName(path) ?? path;
        string draft = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = OwnerOnlyFile.Create(draft))
            {
                file.Write(content, 0, content.Length);
                disk.Flush(file);
            }

            if (forAll)
                OwnerOnlyFile.OpenToReaders(draft);
            disk.Rename(draft, path, replace: true);
            disk.FlushFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            OwnFile.TryDelete(disk, draft);
            throw FileErrors.ToException(e, path, isNew: false);
        }
    }
}
