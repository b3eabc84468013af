using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Catalog;

/// <summary>Looks for saved files on the disk; in a folder that is not there, for the first one only.</summary>
/// <param name="disk">The file system.</param>
internal sealed class PresenceCheck(Disk disk)
{
    private const int MostFolders = 10_000;
    private readonly HashSet<string> _absentFolders = new(StringComparer.Ordinal);

    /// <summary>Whether the disk has a file as it was saved: a word of <see cref="FilePresence"/>.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="size">The size that it was saved with, in bytes.</param>
    /// <param name="isChanged">True when the last test found another content.</param>
    public string Of(string path, long size, bool isChanged)
    {
        try
        {
            return Look(path, size, isChanged);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One file must not hide the others.
            return FilePresence.Unreadable;
        }
    }

    private string Look(string path, long size, bool isChanged)
    {
        string? folder = _absentFolders.Count == 0 ? null : Path.GetDirectoryName(path);
        if (folder is not null && _absentFolders.Contains(folder))
            return FilePresence.Missing;
        if (disk.Look(path) is not { } status)
        {
            folder ??= Path.GetDirectoryName(path);
            if (folder is not null && _absentFolders.Count < MostFolders && disk.Look(folder) is null)
                _absentFolders.Add(folder);
            return FilePresence.Missing;
        }

        if (status.Type != FileType.Regular || isChanged)
            return FilePresence.Changed;
        return (status.Size ?? new FileInfo(path).Length) == size ? FilePresence.Present : FilePresence.Changed;
    }
}
