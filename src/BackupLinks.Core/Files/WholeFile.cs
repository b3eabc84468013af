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
    /// <summary>Refuses a path at which no file can be, or whose file must not be replaced by another.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path.</param>
    /// <returns>The status of what is there; null for nothing.</returns>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DestinationUnavailable"/>, among others.</exception>
    public static FileStatus? RequireReplaceable(Disk disk, string path)
    {
        // The system reports these in words that do not say what to do, or writes to the device.
        if (Platform.IsWindows && !SafeFileName.IsValidOnWindows(Path.GetFileName(path)))
            throw NotAFileName(path);
        var there = disk.Look(path);
        if (there is { Type: FileType.Pipe or FileType.Special })
        {
            throw new BackupLinksException(
                ErrorKind.DestinationUnavailable,
                $"'{path}' is a {(there.Type == FileType.Pipe ? "pipe" : "device")}, and would be replaced by a file; "
                    + "choose another -Path.");
        }

        FileErrors.RequireFile(path, there);
        return there;
    }

    /// <summary>A path beside a file, for what is to become it.</summary>
    public static string DraftOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? path, $".{Guid.NewGuid():N}.tmp");

    /// <summary>The error for a name that no file can have.</summary>
    public static BackupLinksException NotAFileName(string path) => new(
        ErrorKind.DestinationUnavailable,
        $"'{path}' is not a valid file name on this system, or is that of a device; choose another -Path.");

    /// <summary>Writes a file. When this returns, a power cut does not take it away.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path.</param>
    /// <param name="content">All of it.</param>
    /// <param name="forAll">
    /// True for a file that every user may read, false for one of its owner. On Windows, the folder decides.
    /// </param>
    /// <exception cref="BackupLinksException">The file cannot be written there; what is there is unchanged.</exception>
    public static void Write(Disk disk, string path, byte[] content, bool forAll)
    {
        RequireReplaceable(disk, path);
        string folder = Path.GetDirectoryName(path) ?? path;
        string draft = DraftOf(path);
        try
        {
            using (var file = OwnerOnlyFile.CreateByMode(draft))
            {
                file.Write(content, 0, content.Length);
                disk.Flush(file);
            }

            if (forAll)
                OwnerOnlyFile.OpenToReaders(draft);
            disk.RenameWhenClosed(draft, path, replace: true);
            disk.FlushFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            OwnFile.TryDelete(disk, draft);
            throw FileErrors.ToException(e, path, isNew: false);
        }
    }
}
