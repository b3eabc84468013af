using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Parameters;

/// <summary>PowerShell paths as the file system knows them.</summary>
internal static class FileSystemPath
{
    /// <summary>The kind of a path that files are saved below.</summary>
    public const string Folder = "folder";

    /// <summary>
    /// The full path of a file or folder, which need not exist, in the spelling of the file system: a catalog has a
    /// file under one.
    /// </summary>
    /// <param name="cmdlet">The command, for its location and drives.</param>
    /// <param name="path">A PowerShell path; wildcard characters stand for themselves.</param>
    /// <param name="kind">The kind of the path: a file, a folder.</param>
    /// <param name="error">The error for a path that is none.</param>
    /// <exception cref="BackupLinksException">The <paramref name="error"/>.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, string kind, ErrorKind error)
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(
                path, out var provider, out _);
            if (provider.Name == "FileSystem")
            {
                string full = System.IO.Path.GetFullPath(resolved);
                // With a separator behind it, a folder is the same one.
                if (kind == Folder && full.Length > System.IO.Path.GetPathRoot(full)?.Length)
                    full = full.TrimEnd(System.IO.Path.DirectorySeparatorChar);
                return WindowsPath.ToStored(full);
            }

            throw new BackupLinksException(
                error, $"'{path}' is a path of the provider {provider.Name}, where no files can be; pass a {kind} of "
                    + "the file system.");
        }
        catch (System.Exception e) when (
            e is DriveNotFoundException or ProviderNotFoundException or System.NotSupportedException
                or System.ArgumentException or System.IO.PathTooLongException)
        {
            throw new BackupLinksException(
                error, $"'{path}' is not the path of a {kind} ({e.Message.TrimEnd('.')}); pass another.", e);
        }
    }
}
