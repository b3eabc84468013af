using System.Management.Automation;
using BackupLinks.Errors;

namespace BackupLinks.Pipeline;

/// <summary>PowerShell paths as the file system knows them.</summary>
internal static class FileSystemPath
{
    /// <summary>The full path of a file or folder, which need not exist.</summary>
    /// <param name="cmdlet">The command, for its location and drives.</param>
    /// <param name="path">A PowerShell path; wildcard characters stand for themselves.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DestinationUnavailable"/>.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name == "FileSystem")
                return System.IO.Path.GetFullPath(resolved);
            throw new BackupLinksException(
                ErrorKind.DestinationUnavailable, $"'{path}' is a path of the provider {provider.Name}, where no files can be; pass a folder of the file system.");
        }
        catch (System.Exception e) when (e is DriveNotFoundException or ProviderNotFoundException or System.NotSupportedException or System.ArgumentException or System.IO.PathTooLongException)
        {
            throw new BackupLinksException(
                ErrorKind.DestinationUnavailable, $"'{path}' is not the path of a folder ({e.Message.TrimEnd('.')}); pass another.", e);
        }
    }
}
