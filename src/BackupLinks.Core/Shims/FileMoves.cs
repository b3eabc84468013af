using System;
using System.IO;

namespace BackupLinks.Shims;

/// <summary>Renames files, in one step, within a folder.</summary>
internal static class FileMoves
{
    /// <summary>Gives a file another name in the same folder.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Its new path.</param>
    /// <param name="replace">
    /// True to replace a file, or a link, that is there; it is whole until then, and a link's target is unchanged.
    /// </param>
    /// <exception cref="IOException">Among others, when a file is there and must not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not permit it.</exception>
    public static void Rename(string source, string target, bool replace)
    {
        if (Platform.IsWindows)
        {
            if (Kernel32.Rename(source, target, replace) is not 0 and var windowsError)
                throw SystemErrors.ToWindowsException(windowsError, target);
            return;
        }

        if (replace)
            Check(Libc.RenameOver(source, target), target, () => File.Move(source, target));
        else
            RenameNew(source, target, Libc.RenameNew, Libc.AddName);
    }

    /// <summary>Gives a file another name that must be free, by the first way that the file system has.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Its new path.</param>
    /// <param name="rename">Renames, and never replaces.</param>
    /// <param name="addName">Gives the file the name as a second one, and never replaces.</param>
    internal static void RenameNew(
        string source, string target, Func<string, string, int?> rename, Func<string, string, int?> addName)
    {
        int? error = rename(source, target);
        if (error is { } known && !SystemErrors.IsNotSupported(known))
        {
            Check(known, target, null);
            return;
        }

        error = addName(source, target);
        if (error is null or SystemErrors.NotPermitted || SystemErrors.IsNotSupported(error.Value))
        {
            // A file system without links, such as FAT: a check and a rename are all there is.
            File.Move(source, target);
            return;
        }

        Check(error, target, null);
        File.Delete(source);
    }

    private static void Check(int? error, string path, Action? otherwise)
    {
        if (error is null)
            otherwise?.Invoke();
        else if (error != 0)
            throw SystemErrors.ToException(error.Value, path);
    }
}
