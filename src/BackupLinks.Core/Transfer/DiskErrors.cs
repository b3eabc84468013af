using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>What the file system refuses, in the words of this module.</summary>
internal static class DiskErrors
{
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsFileExists = unchecked((int)0x80070050);
    private const int WindowsAlreadyExists = unchecked((int)0x800700B7);
    private const int NoSpace = 28;
    private const int OverQuotaOnLinux = 122;
    private const int OverQuotaOnMac = 69;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int Exists = 17;

    /// <summary>True for the error of a disk, or a quota, that is full.</summary>
    public static bool IsDiskFull(Exception error) =>
        error is IOException && error.HResult is WindowsDiskFull or WindowsHandleDiskFull or NoSpace or OverQuotaOnLinux or OverQuotaOnMac;

    /// <summary>Opens a file.</summary>
    /// <exception cref="BackupLinksException">The system does not let it.</exception>
    public static PositionalFile Open(string path, FileMode mode)
    {
        try
        {
            return PositionalFile.Open(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Explain(e, path, isNew: false);
        }
    }

    /// <summary>Refuses a symbolic link, or a folder, in the place of a file: it would lead elsewhere.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnsafeFileName"/>.</exception>
    public static void RefuseLink(string path)
    {
        if (IsLink(path) || Directory.Exists(path))
        {
            throw new BackupLinksException(
                ErrorKind.UnsafeFileName, $"'{path}' is a link or a folder, and writing there would lead elsewhere; remove it, or choose another folder.");
        }
    }

    /// <summary>True for a symbolic link or junction, whether or not it leads anywhere.</summary>
    public static bool IsLink(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The module's error for one of the system's.</summary>
    /// <param name="error">An IOException or UnauthorizedAccessException.</param>
    /// <param name="path">The file.</param>
    /// <param name="isNew">True when the file was not to be there.</param>
    public static BackupLinksException Explain(Exception error, string path, bool isNew)
    {
        if (IsDiskFull(error))
        {
            return new BackupLinksException(
                ErrorKind.DiskFull, $"The disk is full at '{path}'; make room and run the command again, which goes on with what has come.", error);
        }

        if (error.HResult is WindowsSharingViolation or WouldBlockOnLinux or WouldBlockOnMac)
        {
            return new BackupLinksException(
                ErrorKind.FileInUse, $"'{path}' is in use by another process; wait for it, or choose another folder.", error);
        }

        if (isNew && (error.HResult is WindowsFileExists or WindowsAlreadyExists or Exists || File.Exists(path)))
        {
            return new BackupLinksException(
                ErrorKind.FileExists, $"'{path}' has come to be there meanwhile; move it away and run the command again.", error);
        }

        return new BackupLinksException(
            ErrorKind.DestinationUnavailable, $"'{path}' cannot be written ({error.Message.TrimEnd('.')}); check the folder and its permissions.", error);
    }
}
