using System;
using System.IO;
using System.Runtime.InteropServices;

namespace BackupLinks.Shims;

/// <summary>Reads what the system says of a file.</summary>
internal static class FileStatusReader
{
    private const int WindowsFileNotFound = 2;
    private const int WindowsPathNotFound = 3;
    private const uint WindowsFolder = 0x10;
    private const uint WindowsReparsePoint = 0x400;
    private const uint NameSurrogate = 0x20000000;
    private const int NotAFolder = 20; // ENOTDIR
    private const int TypeBits = 0xF000;

    /// <summary>The status of a path; null when nothing is there. A link is not followed.</summary>
    public static FileStatus? OfPath(string path)
    {
        if (Platform.IsWindows)
        {
            return Kernel32.GetInformation(path, out uint[] information, out uint? tag) switch
            {
                0 => ReadWindows(information, tag),
                WindowsFileNotFound or WindowsPathNotFound => null,
                _ => ByAttributes(path),
            };
        }

        return Libc.GetStatus(path, out byte[] status) switch
        {
            0 => Read(status),
            SystemErrors.NotFound or NotAFolder => null,
            _ => ByAttributes(path),
        };
    }

    /// <summary>The type of what a path leads to, through links; null when nothing is there.</summary>
    /// <exception cref="IOException">Its links lead round in a circle.</exception>
    public static FileType? TypeOfTarget(string path)
    {
        var status = OfPath(path);
        if (status is { Type: FileType.Link } && TargetOf(path) is { } target)
            status = OfPath(target);
        return status?.Type;
    }

    /// <summary>
    /// The full path that a link leads to, through others; null for no link, and where the framework reads none.
    /// </summary>
    /// <exception cref="IOException">Its links lead round in a circle.</exception>
    public static string? TargetOf(string link)
    {
#if NET8_0_OR_GREATER
        return File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName.TrimEnd(Path.DirectorySeparatorChar);
#else
        _ = link;
        return null;
#endif
    }

    /// <summary>The status of an open file.</summary>
    public static FileStatus OfHandle(SafeHandle file)
    {
        if (Platform.IsWindows)
        {
            return Kernel32.GetInformation(file, out uint[] information, out uint? tag) == 0
                ? ReadWindows(information, tag)
                : Unknown(FileType.Regular);
        }

        return Libc.GetStatus(file, out byte[] status) == 0 ? Read(status) : Unknown(FileType.Regular);
    }

    // The documents: statx(2), and BY_HANDLE_FILE_INFORMATION of Windows; sys/stat.h of macOS with 64-bit inodes.
    private static FileStatus Read(byte[] status)
    {
        bool isStatx = Libc.IsStatx;
        uint owner = BitConverter.ToUInt32(status, isStatx ? 20 : 16);
        ulong device = isStatx
            ? ((ulong)BitConverter.ToUInt32(status, 136) << 32) | BitConverter.ToUInt32(status, 140)
            : BitConverter.ToUInt32(status, 0);
        return new FileStatus(
            ToType(BitConverter.ToUInt16(status, isStatx ? 28 : 4)),
            new FileIdentity(device, BitConverter.ToUInt64(status, isStatx ? 32 : 8)),
            isStatx ? BitConverter.ToUInt32(status, 16) : BitConverter.ToUInt16(status, 6),
            owner,
            Libc.GetUser() is not { } user || user == owner)
        {
            Size = BitConverter.ToInt64(status, isStatx ? 40 : 96),
        };
    }

    /// <summary>
    /// The status from BY_HANDLE_FILE_INFORMATION. Only those reparse points are links whose tag says that they
    /// stand for another name (IsReparseTagNameSurrogate): deduplicated files and those of OneDrive are files.
    /// </summary>
    /// <param name="information">The fields.</param>
    /// <param name="tag">The reparse tag; null when the system does not say.</param>
    internal static FileStatus ReadWindows(uint[] information, uint? tag) => new(
        (information[0] & WindowsReparsePoint) != 0 && ((tag ?? NameSurrogate) & NameSurrogate) != 0 ? FileType.Link
            : (information[0] & WindowsFolder) != 0 ? FileType.Folder : FileType.Regular,
        new FileIdentity(information[7], ((ulong)information[11] << 32) | information[12]),
        // A share that does not say how many names a file has says 0.
        Math.Max(1, information[10]),
        null,
        true)
    {
        Size = ((long)information[8] << 32) | information[9],
    };

    private static FileStatus? ByAttributes(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            return Unknown((attributes & FileAttributes.ReparsePoint) != 0 ? FileType.Link
                : (attributes & FileAttributes.Directory) != 0 ? FileType.Folder : FileType.Regular);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static FileStatus Unknown(FileType type) => new(type, null, 1, null, true);

    private static FileType ToType(int mode) => (mode & TypeBits) switch
    {
        0x8000 => FileType.Regular,
        0x4000 => FileType.Folder,
        0xA000 => FileType.Link,
        0x1000 => FileType.Pipe,
        _ => FileType.Special,
    };
}
