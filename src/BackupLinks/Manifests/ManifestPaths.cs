using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Parameters;

namespace BackupLinks.Manifests;

/// <summary>The manifests that a path stands for: itself, or the files that its wildcards match.</summary>
internal static class ManifestPaths
{
    /// <summary>Finds the manifests, in the order of their names.</summary>
    /// <param name="cmdlet">The command, for its location and drives.</param>
    /// <param name="path">The path; a file whose name has a wildcard character is meant by that name.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.ManifestUnavailable"/>.</exception>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return [Literal(cmdlet, path)];
        try
        {
            string literal = Literal(cmdlet, path);
            if (File.Exists(literal))
                return [literal];
        }
        catch (BackupLinksException)
        {
            // Windows has no names with a wildcard in them.
        }

        try
        {
            string[] files = [.. cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider)];
            if (provider.Name == "FileSystem" && files.Any(File.Exists))
                return [.. files.Where(File.Exists).OrderBy(file => file, StringComparer.Ordinal)];
        }
        catch (Exception e) when (
            e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException
                or ProviderNotFoundException)
        {
            // Said below.
        }

        throw new BackupLinksException(
            ErrorKind.ManifestUnavailable,
            $"No file matches '{path}'; check the path, or use -LiteralPath for a name with brackets.");
    }

    /// <summary>The full path of a manifest whose name's wildcard characters stand for themselves.</summary>
    /// <param name="cmdlet">The command, for its location and drives.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.ManifestUnavailable"/>.</exception>
    public static string Literal(PSCmdlet cmdlet, string path) =>
        FileSystemPath.Resolve(cmdlet, path, "file", ErrorKind.ManifestUnavailable);
}
