using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Catalog;

/// <summary>
/// The folders that have a catalog. A file belongs to the nearest one at or above it, so that dated folders share the
/// catalog of the folder that they are in.
/// </summary>
internal static class CatalogFolder
{
    /// <summary>The name of the folder that a catalog is in.</summary>
    public const string Name = ".backuplinks";

    private const uint Administrator = 0;

    /// <summary>The nearest folder with a catalog, at a path or above it; null when there is none.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">A full path, which need not exist.</param>
    public static string? FindAbove(Disk disk, string path)
    {
        for (string? folder = path; folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            if (Has(disk, folder))
                return folder;
        }

        return null;
    }

    /// <summary>The folders below a folder that have a catalog of their own, by path. No link is followed.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public static IEnumerable<string> FindBelow(Disk disk, string path)
    {
        foreach (string folder in Directory.EnumerateDirectories(path).OrderBy(name => name, StringComparer.Ordinal))
        {
            if (Path.GetFileName(folder) == Name || disk.Look(folder) is not { Type: FileType.Folder })
                continue;
            if (Has(disk, folder))
                yield return folder;
            foreach (string inner in FindBelow(disk, folder))
                yield return inner;
        }
    }

    /// <summary>
    /// True for a file or folder of this user, of the administrator, or of the owner of the folder that it is in, who
    /// can replace all files there anyway. Each other user could bless a file of his own.
    /// </summary>
    public static bool IsTrusted(Disk disk, FileStatus status, string folder) =>
        status.IsOwn || status.Owner == Administrator || status.Owner == disk.Look(folder)?.Owner;

    /// <summary>The path of a file as a catalog has it.</summary>
    /// <param name="folder">The folder of the catalog.</param>
    /// <param name="path">The full path of a file in it.</param>
    public static string ToRelative(string folder, string path)
    {
        string relative = path.Substring(folder.Length).TrimStart(Path.DirectorySeparatorChar);
        return Platform.IsWindows ? relative.Replace('\\', '/') : relative;
    }

    /// <summary>The full path of a file; null for a path that leads out of the folder, which no file has.</summary>
    /// <param name="folder">The folder of the catalog.</param>
    /// <param name="relative">The path that the catalog has.</param>
    public static string? ToFull(string folder, string relative)
    {
        if (relative.IndexOf('\0') >= 0 || (Platform.IsWindows && relative.IndexOfAny(['\\', ':']) >= 0))
            return null;
        for (int start = 0, end; start <= relative.Length; start = end + 1)
        {
            end = relative.IndexOf('/', start);
            end = end < 0 ? relative.Length : end;
            var name = relative.AsSpan(start, end - start);
            if (name.IsEmpty || name.SequenceEqual(".".AsSpan()) || name.SequenceEqual("..".AsSpan())
                || name.SequenceEqual(Name.AsSpan()))
                return null;
        }

        return Path.Combine(folder, Platform.IsWindows ? relative.Replace('/', '\\') : relative);
    }

    private static bool Has(Disk disk, string folder) =>
        disk.Look(Path.Combine(folder, Name)) is { Type: FileType.Folder } status && IsTrusted(disk, status, folder);
}
