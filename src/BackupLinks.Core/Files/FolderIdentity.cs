using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// Which folder a path leads to, whether or not it is there yet: a folder above it that is there, and the names below
/// that. Two paths of one folder have one in common, also where links lead to it, and folders are made meanwhile.
/// </summary>
/// <param name="Above">The folder that is there.</param>
/// <param name="Rest">The names below it.</param>
internal sealed record FolderIdentity(FileIdentity Above, string Rest)
{
    /// <summary>
    /// The identities of a folder, one for each folder above it; none where the system does not tell folders apart.
    /// </summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path.</param>
    public static IReadOnlyList<FolderIdentity> AllOf(Disk disk, string path)
    {
        var found = new List<FolderIdentity>();
        try
        {
            // A link above the last name is followed by the system.
            bool isLink = disk.Look(path) is { Type: FileType.Link };
            string target = (isLink ? FileStatusReader.TargetOf(path) : null) ?? path;
            string rest = "";
            for (; Path.GetDirectoryName(target) is { Length: > 0 } parent; target = parent)
            {
                rest = Path.Combine(Path.GetFileName(target), rest);
                if (disk.Look(Path.Combine(parent, "."))?.Identity is { Inode: not 0 } above)
                    found.Add(new(above, Fold(rest)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error of the files that are to be saved there.
        }

        return found;
    }

    private static string Fold(string rest) => Platform.IsWindows ? rest.ToUpperInvariant() : rest;
}
