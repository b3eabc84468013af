using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// Opens files at names that this module gives to files of its own. Whatever is found there is opened without
/// following a link, and counts only as a regular file of this user with one name; the lock is on the file that has
/// the name.
/// </summary>
internal sealed class OwnFile
{
    // Another process may remove a file between two looks at it; one that does so without end is in the way.
    private const int MostAttempts = 20;
    private const int MostAsides = 1000;
    private const int MostWaits = 3;
    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(100);

    private OwnFile(PositionalFile file, bool isNew, bool isOwn)
    {
        File = file;
        IsNew = isNew;
        IsOwn = isOwn;
    }

    /// <summary>The file, locked.</summary>
    public PositionalFile File { get; }

    /// <summary>True when it was not there before.</summary>
    public bool IsNew { get; }

    /// <summary>
    /// False for a file that another user owns, or that has a second name: nothing may be written to it.
    /// </summary>
    public bool IsOwn { get; }

    /// <summary>Opens a file, and creates it when it is not there.</summary>
    /// <exception cref="BackupLinksException">
    /// The system does not let it, or something else than a file is there.
    /// </exception>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path.</param>
    /// <param name="waits">False for a caller that waits itself for a file that is in use.</param>
    public static OwnFile OpenOrCreate(Disk disk, string path, bool waits = true) =>
        TryOpen(disk, path, create: true, waits ? MostWaits : 0)!;

    /// <summary>Opens a file; null when it is not there.</summary>
    /// <exception cref="BackupLinksException">
    /// The system does not let it, or something else than a file is there.
    /// </exception>
    public static OwnFile? Open(Disk disk, string path) => TryOpen(disk, path, create: false, MostWaits);

    /// <summary>
    /// True for the error of a file of this user whose mode does not let its owner open it. None of this module's is
    /// like that while it is in use.
    /// </summary>
    public static bool IsClosedToOwner(Disk disk, string path, BackupLinksException error) =>
        error is { Kind: ErrorKind.DestinationUnavailable, InnerException: UnauthorizedAccessException }
        && disk.Look(path) is { Type: FileType.Regular, IsOwn: true };

    /// <summary>True when a path has this file, and no other name has it.</summary>
    public static bool IsAt(Disk disk, PositionalFile file, string path)
    {
        var status = file.Status;
        return status is { Type: FileType.Regular, Links: 1 } && status.IsSameFile(disk.Look(path));
    }

    /// <summary>Renames what is at a path to the first free of <c>path.1</c>, <c>path.2</c> and so on.</summary>
    /// <returns>The new path.</returns>
    /// <exception cref="IOException">The system does not let it.</exception>
    public static string SetAside(Disk disk, string path)
    {
        for (int number = 1; ; number++)
        {
            string aside = FormattableString.Invariant($"{path}.{number}");
            try
            {
                if (disk.Look(aside) is null)
                {
                    disk.RenameWhenClosed(path, aside, replace: false);
                    return aside;
                }
            }
            catch (IOException e) when (FileErrors.IsThere(e) && number < MostAsides)
            {
                // Another process was faster.
            }

            if (number == MostAsides)
                throw new IOException($"There are {MostAsides} files beside it already");
        }
    }

    private static OwnFile? TryOpen(Disk disk, string path, bool create, int mostWaits)
    {
        int waits = 0;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            var there = FileErrors.RequireFile(path, disk.Look(path));
            if (there is null && !create)
                return null;
            PositionalFile file;
            try
            {
                // A new file is never made through a link; an old one is opened only, and looked at before and after.
                file = disk.Open(path, there is null ? FileMode.CreateNew : FileMode.Open);
            }
            catch (IOException e) when (there is null ? FileErrors.IsThere(e) : e is FileNotFoundException)
            {
                continue;
            }
            catch (IOException e) when (waits < mostWaits && !disk.RenamesOpenFiles && FileErrors.IsInUse(e))
            {
                // On Windows, a scanner has it for a moment.
                waits++;
                disk.Wait(BusyInterval);
                continue;
            }
            catch (UnauthorizedAccessException e) when (there is { IsOwn: false })
            {
                throw new BackupLinksException(
                    ErrorKind.FileInUse,
                    $"'{path}' belongs to another user, who may be downloading it; "
                        + "wait for that download, remove the file, or choose another folder.",
                    e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.ToException(e, path, isNew: false);
            }

            var status = disk.Look(file);
            // The lock may be on a file that has lost its name, or on what a link led to.
            bool isThis = status.IsSameFile(disk.Look(path)) && (there is null || status.IsSameFile(there));
            if (status.Type == FileType.Regular && isThis)
                return new OwnFile(file, there is null, status.Links == 1 && IsOwnedByUs(disk, status, path));
            file.Dispose();
        }

        throw new BackupLinksException(
            ErrorKind.FileInUse,
            $"'{path}' is created and removed by another process; wait for it, or choose another folder.");
    }

    // On some mounts, such as CIFS with uid=, every file belongs to one user.
    private static bool IsOwnedByUs(Disk disk, FileStatus status, string path)
    {
        if (status.IsOwn)
            return true;
        string probe = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", $".{Guid.NewGuid():N}.tmp");
        try
        {
            using var file = disk.Open(probe, FileMode.CreateNew);
            return disk.Look(file).Owner == status.Owner;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            TryDelete(disk, probe);
        }
    }

    /// <summary>Removes a file; false when the system does not let it.</summary>
    public static bool TryDelete(Disk disk, string path)
    {
        try
        {
            disk.DeleteWhenClosed(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // open, or another process's by now
        }
    }

    /// <summary>
    /// Removes a file that is open. Where the system lets it, the file is removed while it is locked.
    /// </summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path.</param>
    /// <param name="file">The file; it is closed here.</param>
    /// <param name="notices">Takes the warning of a file that stays.</param>
    public static void Remove(Disk disk, string path, IDisposable file, FileNotices notices)
    {
        // Windows removes no file that is open, and a wait would be in vain.
        bool isRemoved = disk.RenamesOpenFiles && TryDelete(disk, path);
        file.Dispose();
        if (isRemoved || TryDelete(disk, path))
            return;
        notices.Warn?.Invoke(
            $"'{path}' is not needed any more, and the system did not let it be removed; remove it when no other "
                + "process has it open.");
    }
}
