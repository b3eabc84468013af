using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// Clears a path that a file of another origin has taken. Its bytes are kept, unless the caller allows their removal.
/// </summary>
internal static class FileConflict
{
    /// <summary>Removes the file at a path, or renames it with a warning.</summary>
    /// <param name="path">The path.</param>
    /// <param name="file">The file, if it is open; it is closed here.</param>
    /// <param name="force">True to remove it.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="notices">Takes the warning.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.FileExists"/>.</exception>
    public static void Clear(string path, PositionalFile? file, bool force, Disk disk, FileNotices notices)
    {
        // Windows renames no file that is open.
        file?.Dispose();
        try
        {
            if (force)
            {
                disk.MakeReplaceable(path);
                disk.DeleteWhenClosed(path);
            }
            else
            {
                SetAside(path, disk, notices);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.FileExists,
                $"'{path}' is not of an earlier download, and cannot be renamed ({e.Message.TrimEnd('.')}); "
                    + "move it away, or choose another -Destination.",
                e);
        }
    }

    private static void SetAside(string path, Disk disk, FileNotices notices)
    {
        string aside = OwnFile.SetAside(disk, path);
        notices.Warn?.Invoke(
            $"'{path}' is not known to be of an earlier download and was renamed to '{aside}'; "
            + "remove that file when it is not needed.");
    }
}
