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

    /// <summary>
    /// Returns when the entries of a folder are on the disk. On Windows, a rename is there when it returns.
    /// </summary>
    /// <returns>
    /// False when the system, or the file system, does not have such a call, or the folder is not readable.
    /// </returns>
    /// <exception cref="IOException">The disk is full, is read-only, or failed.</exception>
    public static bool FlushFolder(string path) =>
        Libc.FlushFolder(path) is { } error
        && error is not (SystemErrors.AccessDenied or SystemErrors.NotPermitted)
        && Check(error, path);

    private static bool Check(int error, string path)
    {
        if (error == 0)
            return true;
        if (SystemErrors.IsNotSupported(error))
            return false;
        throw new IOException(
            $"The disk did not store the data: {SystemErrors.ToException(error, path).Message}", error);
    }
}
