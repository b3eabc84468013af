using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Parameters;

namespace BackupLinks.Formats;

/// <summary>The files that a path stands for: itself, what its wildcards match, or what is in a folder.</summary>
internal static class BackupFilePaths
{
    /// <summary>Finds the files.</summary>
    /// <param name="cmdlet">The command, for its location and drives.</param>
    /// <param name="path">The path.</param>
    /// <param name="isLiteral">True when wildcard characters stand for themselves.</param>
    /// <param name="recurse">True to go into the folders of a folder.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileNotFound"/>, <see cref="ErrorKind.FileUnavailable"/>.
    /// </exception>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, string path, bool isLiteral, bool recurse)
    {
        // A file whose name has a bracket is meant by that name.
        string literal = isLiteral || !WildcardPattern.ContainsWildcardCharacters(path)
            ? FileSystemPath.Resolve(cmdlet, path, "file", ErrorKind.FileUnavailable)
            : TryResolve(cmdlet, path);
        if (isLiteral || File.Exists(literal) || !WildcardPattern.ContainsWildcardCharacters(path))
            return Expand(literal, recurse);
        return ResolveWildcards(cmdlet, path, recurse);
    }

    private static string TryResolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            return FileSystemPath.Resolve(cmdlet, path, "file", ErrorKind.FileUnavailable);
        }
        catch (BackupLinksException)
        {
            // Windows has names that cannot have a wildcard in them.
            return "";
        }
    }

    private static List<string> ResolveWildcards(PSCmdlet cmdlet, string path, bool recurse)
    {
        var files = new List<string>();
        try
        {
            foreach (string match in cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider))
            {
                if (provider.Name != "FileSystem")
                {
                    throw new BackupLinksException(
                        ErrorKind.FileUnavailable, $"'{path}' is a path of the provider {provider.Name}, where "
                        + "no files can be; pass a file of the file system.");
                }

                files.AddRange(Expand(WindowsPath.ToStored(match), recurse));
            }
        }
        catch (ItemNotFoundException e)
        {
            throw new BackupLinksException(ErrorKind.FileNotFound, $"No file matches '{path}'; check the path.", e);
        }

        return files.Count > 0 ? files : throw new BackupLinksException(
            ErrorKind.FileNotFound, $"No file matches '{path}'; check the path.");
    }

    private static List<string> Expand(string path, bool recurse)
    {
        if (!Directory.Exists(path))
            return [path];
        var files = new List<string>();
        try
        {
            Collect(new DirectoryInfo(path), recurse, files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable, $"'{path}' cannot be read ({e.Message.TrimEnd('.')}); check its "
                + "permissions.", e);
        }

        return files;
    }

    private static void Collect(DirectoryInfo folder, bool recurse, List<string> files)
    {
        var entries = folder.GetFileSystemInfos();
        Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var entry in entries)
        {
            // A link to a folder above would lead round in a circle.
            if (entry is DirectoryInfo inner)
            {
                if (recurse && inner.Name != CatalogFolder.Name && !FileErrors.IsLink(inner.FullName))
                    Collect(inner, recurse, files);
            }
            else if (!PartialFileName.IsReserved(entry.Name))
            {
                files.Add(entry.FullName);
            }
        }
    }
}
