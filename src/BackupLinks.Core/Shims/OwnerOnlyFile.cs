using System.IO;
#if NET8_0_OR_GREATER
using System;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
#endif

namespace BackupLinks.Shims;

/// <summary>
/// Files and folders that only their owner can read, from the moment that they are there. On the older framework, they
/// are for every user who can read the folder.
/// </summary>
internal static class OwnerOnlyFile
{
    private const int BufferSize = 64 * 1024;
#if NET8_0_OR_GREATER
    private const string OwnerRights = "S-1-3-4";
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
#endif

    /// <summary>Creates a file that must not be there.</summary>
    public static FileStream Create(string path)
    {
#if NET8_0_OR_GREATER
        return OperatingSystem.IsWindows() ? CreateOnWindows(path) : CreateByMode(path);
#else
        return CreateByMode(path);
#endif
    }

    /// <summary>
    /// Creates a file that must not be there, for its owner only where the system knows modes. On Windows, the
    /// permissions are those of its folder, as the administrator has set them.
    /// </summary>
    public static FileStream CreateByMode(string path)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferSize,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
#endif
    }

    /// <summary>
    /// Creates a folder that only its owner can list, where the system knows modes; one that is there stays.
    /// </summary>
    public static void CreateFolder(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Lets every user read a file (mode 0644), where the system knows modes.</summary>
    public static void OpenToReaders(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
#else
        _ = path;
#endif
    }

    /// <summary>True for a file that others than its owner can read or write, as far as its mode says.</summary>
    public static bool IsOpenToOthers(string path)
    {
#if NET8_0_OR_GREATER
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
#else
        _ = path;
        return false;
#endif
    }

#if NET8_0_OR_GREATER
    [SupportedOSPlatform("windows")]
    private static FileStream CreateOnWindows(string path)
    {
        using var user = WindowsIdentity.GetCurrent();
        return new FileInfo(path).Create(
            FileMode.CreateNew, FileSystemRights.WriteData, FileShare.None, BufferSize, FileOptions.None,
            CreateSecurity(user.User!));
    }

    /// <summary>The permissions of a file that only a user can read.</summary>
    [SupportedOSPlatform("windows")]
    internal static FileSecurity CreateSecurity(SecurityIdentifier user)
    {
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        // A share that is used as another account does not know the user of this machine; its owner is the account.
        foreach (var reader in new[] { user, new SecurityIdentifier(OwnerRights) })
        {
            security.AddAccessRule(
                new FileSystemAccessRule(reader, FileSystemRights.FullControl, AccessControlType.Allow));
        }

        return security;
    }
#endif
}
