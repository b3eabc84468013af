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
        if (!TryRename(source, target, replace))
            File.Delete(source);
    }

    /// <summary>
    /// Gives a file another name in the same folder, as <see cref="Rename"/> does, and leaves it its first name where
    /// it cannot lose it in one step.
    /// </summary>
    /// <returns>False when the file has both names.</returns>
    /// <inheritdoc cref="Rename"/>
    public static bool TryRename(string source, string target, bool replace)
    {
        if (Platform.IsWindows)
        {
            if (Kernel32.Rename(source, target, replace) is not 0 and var windowsError)
                throw SystemErrors.ToWindowsException(windowsError, target);
            return true;
        }

        if (!replace)
            return TryRenameNew(source, target, Libc.RenameNew, Libc.AddName);
        Check(Libc.RenameOver(source, target), target, () => File.Move(source, target));
        return true;
    }

    /// <summary>Gives a file another name that must be free, by the first way that the file system has.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Its new path.</param>
    /// <param name="rename">Renames, and never replaces.</param>
    /// <param name="addName">Gives the file the name as a second one, and never replaces.</param>
    /// <returns>False when the file has both names.</returns>
    internal static bool TryRenameNew(
        string source, string target, Func<string, string, int?> rename, Func<string, string, int?> addName)
    {
        int? error = rename(source, target);
        if (error is { } known && !SystemErrors.IsNotSupported(known))
        {
            Check(known, target, null);
            return true;
        }

        error = addName(source, target);
        if (error is null or SystemErrors.NotPermitted || SystemErrors.IsNotSupported(error.Value))
        {
            // A file system without links, such as FAT: a check and a rename are all there is.
            File.Move(source, target);
            return true;
        }

        Check(error, target, null);
        return false;
    }

    private static void Check(int? error, string path, Action? otherwise)
    {
        if (error is null)
            otherwise?.Invoke();
        else if (error != 0)
            throw SystemErrors.ToException(error.Value, path);
    }
}
