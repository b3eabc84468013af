using System;
using System.IO;
using System.Security.Cryptography;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Files;

/// <summary>The damaged backups that earlier runs kept beside a file's name.</summary>
internal static class DamagedFiles
{
    /// <summary>Finds one by its content.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The full path that the backup would have had.</param>
    /// <param name="size">The size in bytes.</param>
    /// <param name="sha256">The SHA-256 in lower-case hexadecimal.</param>
    /// <returns>Its full path; null when no file that can be read has the content.</returns>
    public static string? Find(Disk disk, string path, long size, string sha256)
    {
        string first = PartialFileName.DamagedOf(path, 0);
        try
        {
            // Those between may have been removed.
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(path) ?? path))
            {
                bool isNamed = file == first
                    || (file.StartsWith(first + ".", StringComparison.Ordinal)
                        && int.TryParse(file.Substring(first.Length + 1), out _));
                if (isNamed && HasContent(disk, file, size, sha256))
                    return file;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed.
        }

        return null;
    }

    private static bool HasContent(Disk disk, string path, long size, string sha256)
    {
        if (disk.Look(path) is not { Type: FileType.Regular })
            return false;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length != size)
                return false;
            using var hash = SHA256.Create();
            return Hex.Encode(hash.ComputeHash(file)) == sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // in use, or closed to this user
        }
    }
}
