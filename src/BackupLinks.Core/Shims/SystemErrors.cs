using System;
using System.ComponentModel;
using System.IO;

namespace BackupLinks.Shims;

/// <summary>The numbers of the system's errors, and the framework's exceptions for them.</summary>
internal static class SystemErrors
{
    /// <summary>EPERM.</summary>
    public const int NotPermitted = 1;

    /// <summary>ENOENT.</summary>
    public const int NotFound = 2;

    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>EACCES on Unix; ERROR_ACCESS_DENIED on Windows is 5.</summary>
    public const int AccessDenied = 13;

    /// <summary>EEXIST.</summary>
    public const int Exists = 17;

    /// <summary>EINVAL.</summary>
    public const int InvalidArgument = 22;

    /// <summary>ENFILE.</summary>
    public const int TooManyFilesOfAll = 23;

    /// <summary>EMFILE.</summary>
    public const int TooManyFiles = 24;

    /// <summary>EFBIG.</summary>
    public const int FileTooLarge = 27;

    private const int WindowsAccessDenied = 5;
    private const int WindowsFacility = unchecked((int)0x80070000);

    /// <summary>
    /// True for a call that the file system, or the system, does not have: ENOSYS, ENOTSUP, EOPNOTSUPP, EINVAL.
    /// </summary>
    public static bool IsNotSupported(int error) =>
        error == InvalidArgument || (Platform.IsMac ? error is 45 or 78 or 102 : error is 38 or 95);

    /// <summary>
    /// True for the failure of a disk or of the way to it: a folder that is gone, or a disk that is read-only, full,
    /// not ready or gone, or that cannot store.
    /// </summary>
    public static bool IsDiskFailureOnWindows(int error) =>
        error is 2 or 3 or 19 or 21 or 23 or 29 or 31 or 39 or 55 or 59 or 64 or 112 or 1006 or 1117 or 1167;

    /// <summary>The framework's exception for an error of a Unix system.</summary>
    public static Exception ToException(int error, string path)
    {
        string message = $"{new Win32Exception(error).Message.TrimEnd('.')}: '{path}'.";
        return error is NotPermitted or AccessDenied
            ? new UnauthorizedAccessException(message)
            : new IOException(message, error);
    }

    /// <summary>The framework's exception for an error of Windows.</summary>
    public static Exception ToWindowsException(int error, string path)
    {
        string message = $"{new Win32Exception(error).Message.TrimEnd('.')}: '{path}'.";
        return error == WindowsAccessDenied
            ? new UnauthorizedAccessException(message)
            : new IOException(message, WindowsFacility | error);
    }
}
