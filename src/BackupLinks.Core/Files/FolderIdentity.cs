using System;
using System.IO;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// Which folder a path leads to, whether or not it is there yet: the nearest folder above it that is there, and the
/// names below that. Two paths of one folder have one identity, also where links lead to it.
/// </summary>
/// <param name="Above">The folder that is there.</param>
/// <param name="Rest">The names below it.</param>
internal sealed record FolderIdentity(FileIdentity Above, string Rest)
{
    private const int MostLinks = 40;

    /// <summary>The identity of a folder; null where the system does not tell folders apart.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path.</param>
    public static FolderIdentity? Of(Disk disk, string path)
    {
        try
        {
            string target = FollowLinks(disk, path);
            string rest = "";
            // Not by the folder itself: it may be made between two looks.
            while (Path.GetDirectoryName(target) is { Length: > 0 } parent)
            {
                rest = Path.Combine(Path.GetFileName(target), rest);
                if (disk.Look(Path.Combine(parent, ".")) is { } status)
                    return status.Identity is { Inode: not 0 } above ? new(above, Fold(rest)) : null;
                target = parent;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error of the files that are to be saved there.
        }

        return null;
    }

    private static string Fold(string rest) => Platform.IsWindows ? rest.ToUpperInvariant() : rest;

    // A link above the last name is followed by the system.
    private static string FollowLinks(Disk disk, string path)
    {
        for (int i = 0; i < MostLinks && disk.Look(path) is { Type: FileType.Link }; i++)
        {
            if (FileStatusReader.TargetOf(path) is not { } target)
                break;
            path = target;
        }

        return path;
    }
}
