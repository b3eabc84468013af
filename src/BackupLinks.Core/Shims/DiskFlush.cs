using System;
using System.IO;

namespace BackupLinks.Shims;

/// <summary>Sees to it that a file, or the entries of a folder, are on the disk.</summary>
internal static class DiskFlush
{
    /// <summary>Returns when everything written is on the disk.</summary>
    /// <returns>False when the file system does not have such a call.</returns>
    /// <exception cref="IOException">The disk is full, is read-only, or failed.</exception>
    public static bool Flush(FileStream file)
    {
        file.Flush();
        // The framework's own reports no failure on Linux.
        if (Libc.Flush(file.SafeFileHandle) is not { } error)
        {
            file.Flush(flushToDisk: true);
            return true;
        }

        return Check(error, file.Name);
    }

    /// <summary>Returns when the entries of a folder are on the disk.</summary>
    /// <returns>
    /// False when the system, or the file system, does not have such a call, or does not let this user make it.
    /// </returns>
    /// <exception cref="IOException">The disk is full, is read-only, or failed.</exception>
    public static bool FlushFolder(string path)
    {
        if (Platform.IsWindows)
            return CheckWindows(Kernel32.FlushFolder(path), path);
        return Libc.FlushFolder(path) is { } error
            && error is not (SystemErrors.AccessDenied or SystemErrors.NotPermitted)
            && Check(error, path);
    }

    /// <summary>Whether a folder of Windows was flushed.</summary>
    /// <param name="error">0 or the system's error.</param>
    /// <param name="path">The folder.</param>
    /// <inheritdoc cref="FlushFolder"/>
    internal static bool CheckWindows(int error, string path)
    {
        if (error == 0)
            return true;
        // Shares and their servers refuse it by many other errors, and the rename has been written through.
        if (!SystemErrors.IsDiskFailureOnWindows(error))
            return false;
        var cause = SystemErrors.ToWindowsException(error, path);
        throw Failure(cause, cause.HResult);
    }

    private static bool Check(int error, string path)
    {
        if (error == 0)
            return true;
        if (SystemErrors.IsNotSupported(error))
            return false;
        throw Failure(SystemErrors.ToException(error, path), error);
    }

    private static IOException Failure(Exception cause, int number) =>
        new($"The disk did not store the data: {cause.Message}", number);
}
