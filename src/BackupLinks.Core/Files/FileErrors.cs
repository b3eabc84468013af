using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>The module's errors for what a file system refuses.</summary>
internal static class FileErrors
{
    private const int WindowsFacility = unchecked((int)0x80070000);
    private const int WindowsTooManyFiles = WindowsFacility | 4;
    private const int WindowsSharingViolation = WindowsFacility | 0x20;
    private const int WindowsLockViolation = WindowsFacility | 0x21;
    private const int WindowsHandleDiskFull = WindowsFacility | 0x27;
    private const int WindowsFileExists = WindowsFacility | 0x50;
    private const int WindowsDiskFull = WindowsFacility | 0x70;
    private const int WindowsInvalidName = WindowsFacility | 0x7B;
    private const int WindowsAlreadyExists = WindowsFacility | 0xB7;
    private const int WindowsFileTooLarge = WindowsFacility | 0xDF;
    private const int WindowsUserMappedFile = WindowsFacility | 0x4C8;
    private const int WindowsOverQuota = WindowsFacility | 0x50F;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int OverQuotaOnLinux = 122;
    private const int OverQuotaOnMac = 69;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;

    /// <summary>True for the error of a disk, or a quota, that is full.</summary>
    public static bool IsDiskFull(Exception error) =>
        error is IOException
        && error.HResult is WindowsDiskFull or WindowsHandleDiskFull or WindowsOverQuota
            or NoSpace or OverQuotaOnLinux or OverQuotaOnMac;

    /// <summary>True for the error of a file that another process has open.</summary>
    public static bool IsInUse(Exception error) =>
        error.HResult is WindowsSharingViolation or WindowsLockViolation or WindowsUserMappedFile
            or WouldBlockOnLinux or WouldBlockOnMac;

    /// <summary>
    /// True for an error that Windows has for a file that another process has open, or is removing: access is denied
    /// where that file is the one to be replaced.
    /// </summary>
    public static bool IsBusy(Exception error) => IsInUse(error) || error is UnauthorizedAccessException;

    /// <summary>True for the error of a file that is there and was not to be.</summary>
    public static bool IsThere(Exception error) =>
        error is IOException && error.HResult is WindowsFileExists or WindowsAlreadyExists or SystemErrors.Exists;

    /// <summary>
    /// Refuses anything but a file: a link, a folder, a pipe or a device, which a file would not replace.
    /// </summary>
    /// <returns>The status of the file; null when nothing is there.</returns>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnsafeFileName"/>.</exception>
    public static FileStatus? RequireFile(string path) => RequireFile(path, FileStatusReader.OfPath(path));

    /// <inheritdoc cref="RequireFile(string)"/>
    public static FileStatus? RequireFile(string path, FileStatus? status)
    {
        if (status is null or { Type: FileType.Regular })
            return status;
        throw new BackupLinksException(ErrorKind.UnsafeFileName, status.Type switch
        {
            FileType.Link or FileType.Folder =>
                $"'{path}' is a link or a folder, and writing there would lead elsewhere; "
                    + "remove it, or choose another folder.",
            FileType.Pipe => $"'{path}' is a named pipe, where no file can be; remove it, or choose another folder.",
            _ => $"'{path}' is a device or a socket, where no file can be; remove it, or choose another folder.",
        });
    }

    /// <summary>True for a symbolic link or junction, whether or not it leads anywhere.</summary>
    public static bool IsLink(string path) => FileStatusReader.OfPath(path) is { Type: FileType.Link };

    /// <summary>The module's error for one of the system's.</summary>
    /// <param name="error">An IOException or UnauthorizedAccessException.</param>
    /// <param name="path">The file.</param>
    /// <param name="isNew">True when the file was not to be there.</param>
    public static BackupLinksException ToException(Exception error, string path, bool isNew) => ToException(
        error, path, isNew,
        $"'{path}' cannot be written ({error.Message.TrimEnd('.')}); check the folder and its permissions.");

    /// <summary>The module's error for one of the system's while a file that is there was read.</summary>
    /// <param name="error">An IOException or UnauthorizedAccessException.</param>
    /// <param name="path">The file.</param>
    public static BackupLinksException ToReadException(Exception error, string path) => ToException(
        error, path, isNew: false,
        $"'{path}' is there already, and cannot be read to compare it ({error.Message.TrimEnd('.')}); "
            + "check its permissions and the disk, or choose another folder.");

    private static BackupLinksException ToException(Exception error, string path, bool isNew, string other)
    {
        if (IsDiskFull(error))
        {
            return new BackupLinksException(
                ErrorKind.DiskFull,
                $"The disk is full at '{path}'; make room and run the command again; a download resumes.",
                error);
        }

        if (IsInUse(error) || (error is UnauthorizedAccessException && Platform.IsWindows && IsOpenElsewhere(path)))
        {
            return new BackupLinksException(
                ErrorKind.FileInUse,
                $"'{path}' is in use by another process; wait for it, or choose another folder.",
                error);
        }

        if (isNew && IsThere(error))
        {
            return new BackupLinksException(
                ErrorKind.FileExists,
                $"'{path}' was created by another process in the meantime; move it away and run the command again.",
                error);
        }

        string? reason = error.HResult switch
        {
            SystemErrors.FileTooLarge =>
                $"'{path}' is larger than its file system, or a limit of this process, allows; "
                    + "choose a folder on another file system, or raise the limit (ulimit -f).",
            WindowsFileTooLarge =>
                $"'{path}' is larger than its file system allows; choose a folder on another file system.",
            SystemErrors.TooManyFiles or SystemErrors.TooManyFilesOfAll =>
                $"'{path}' cannot be opened, because too many files are open; "
                    + "raise the limit (ulimit -n), or lower -ThrottleLimit of downloads.",
            WindowsTooManyFiles =>
                $"'{path}' cannot be opened, because too many files are open; lower -ThrottleLimit of downloads.",
            ReadOnlyFileSystem =>
                $"'{path}' cannot be written, because its file system is read-only; "
                    + "check the disk, or choose another folder.",
            _ when error is PathTooLongException => TooLong(path, Platform.IsFramework),
            WindowsInvalidName => $"'{path}' is not a valid file name on this system; choose another name.",
            _ => null,
        };
        return new BackupLinksException(ErrorKind.DestinationUnavailable, reason ?? other, error);
    }

    /// <summary>The message for a path that the system does not take.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isFramework">True on .NET Framework, which has shorter paths than the system.</param>
    public static string TooLong(string path, bool isFramework) => isFramework
        ? $"'{path}' is too long a path for this PowerShell; choose a shorter folder, use PowerShell 7, or set "
            + "LongPathsEnabled of Windows."
        : $"'{path}' is too long a path, or has too long a name, for its file system; choose a shorter one.";

    /// <summary>
    /// Refuses a file that another process has open, which Windows does not let another process replace.
    /// </summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.FileInUse"/>.</exception>
    public static void RequireClosed(string path)
    {
        if (IsOpenElsewhere(path))
        {
            throw new BackupLinksException(
                ErrorKind.FileInUse,
                $"'{path}' is open in another process, and cannot be replaced; "
                    + "close it there, or choose another folder.");
        }
    }

    /// <summary>What happened to a folder whose volume is another one than before, and what helps.</summary>
    public static (string Problem, string Advice) OtherVolume(string path) =>
        ($"The folder '{path}' is on another volume now, as when its own was unmounted", "mount it");

    /// <summary>The error of a folder that is no longer the one that it was.</summary>
    /// <param name="loss">What happened, as the beginning of a sentence, and what helps.</param>
    public static BackupLinksException LostFolder((string Problem, string Advice) loss) => new(
        ErrorKind.DestinationUnavailable,
        $"{loss.Problem}, so nothing is saved there; {loss.Advice}, and run the command again.");

    /// <summary>
    /// True when another process has a file open in such a way that it cannot be replaced, as on Windows.
    /// </summary>
    public static bool IsOpenElsewhere(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1);
            return false;
        }
        catch (IOException e)
        {
            return IsInUse(e);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
