using System;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BackupLinks.Shims;

/// <summary>Calls of Windows that the framework does not have.</summary>
internal static class Kernel32
{
    private const uint ReadAttributes = 0x80;
    private const uint GenericWrite = 0x40000000;
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint AlsoFolders = 0x02000000;         // FILE_FLAG_BACKUP_SEMANTICS
    private const uint AlsoFoldersAndLinks = 0x02200000; // the same, and FILE_FLAG_OPEN_REPARSE_POINT
    private const uint SetSparse = 0x900C4;              // FSCTL_SET_SPARSE
    private const int FindDataLength = 592;              // WIN32_FIND_DATAW
    private const int FindDataName = 44;
    private const int FindDataNameLength = 520;
    private const uint ReplaceExisting = 1;
    private const uint WriteThrough = 8;
    private const int AttributeTagInfo = 9; // FILE_INFO_BY_HANDLE_CLASS
    private const int LongestPlainPath = 240;

    /// <summary>The length of BY_HANDLE_FILE_INFORMATION, in fields of 32 bits.</summary>
    public const int InformationLength = 13;

    /// <summary>Renames a file, and returns when the new name is on the disk; 0 or the system's error.</summary>
    public static int Rename(string source, string target, bool replace) =>
        MoveFile(ToExtended(source), ToExtended(target), WriteThrough | (replace ? ReplaceExisting : 0))
            ? 0
            : Marshal.GetLastWin32Error();

    /// <summary>
    /// The status of an open file, as BY_HANDLE_FILE_INFORMATION, and its reparse tag, null when the system does not
    /// say; 0 or the system's error.
    /// </summary>
    public static int GetInformation(SafeHandle file, out uint[] information, out uint? tag)
    {
        information = new uint[InformationLength];
        uint[] attributeAndTag = new uint[2];
        tag = GetFileInformation(file, AttributeTagInfo, attributeAndTag, attributeAndTag.Length * sizeof(uint))
            ? attributeAndTag[1]
            : null;
        return GetFileInformation(file, information) ? 0 : Marshal.GetLastWin32Error();
    }

    /// <summary>The same of a path, without following a link.</summary>
    public static int GetInformation(string path, out uint[] information, out uint? tag)
    {
        information = new uint[InformationLength];
        tag = null;
        using var file = CreateFile(
            ToExtended(path), ReadAttributes, ShareAll, IntPtr.Zero, OpenExisting, AlsoFoldersAndLinks, IntPtr.Zero);
        return file.IsInvalid ? Marshal.GetLastWin32Error() : GetInformation(file, out information, out tag);
    }

    /// <summary>Sets the time of the last change of an open file; 0 or the system's error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Windows has no such time.</exception>
    public static int SetLastWriteTime(SafeHandle file, DateTime utc)
    {
        long time = utc.ToFileTimeUtc();
        return SetFileTime(file, IntPtr.Zero, IntPtr.Zero, ref time) ? 0 : Marshal.GetLastWin32Error();
    }

    /// <summary>Flushes the entries of a folder to the disk; 0 or the system's error.</summary>
    public static int FlushFolder(string path)
    {
        using var folder = CreateFile(
            ToExtended(path), GenericWrite, ShareAll, IntPtr.Zero, OpenExisting, AlsoFolders, IntPtr.Zero);
        return !folder.IsInvalid && FlushFile(folder) ? 0 : Marshal.GetLastWin32Error();
    }

    /// <summary>
    /// Makes a file sparse, so that a write far behind its end does not fill what is between; 0 or the system's error.
    /// </summary>
    public static int MakeSparse(SafeHandle file) =>
        ControlDevice(file, SetSparse, IntPtr.Zero, 0, IntPtr.Zero, 0, out _, IntPtr.Zero)
            ? 0
            : Marshal.GetLastWin32Error();

    /// <summary>
    /// The name of a file or folder as its folder has it, whatever the case of the path; null when it is not there, or
    /// the system does not say.
    /// </summary>
    public static string? FindName(string path)
    {
        byte[] data = new byte[FindDataLength];
        var search = FindFirst(ToExtended(path), data);
        if (search == new IntPtr(-1))
            return null;
        FindClose(search);
        string name = Encoding.Unicode.GetString(data, FindDataName, FindDataNameLength);
        return name.Substring(0, name.IndexOf('\0'));
    }

    /// <summary>
    /// The bytes that this user may still write in a folder's volume; null when the system does not say.
    /// </summary>
    public static long? GetFreeBytes(string folder) =>
        GetDiskFreeSpace(ToExtended(folder.TrimEnd('\\') + "\\"), out ulong free, out _, out _)
            ? (long)Math.Min(free, long.MaxValue)
            : null;

    // Windows PowerShell has no long paths without this prefix.
    private static string ToExtended(string path) =>
        path.Length < LongestPlainPath || path.StartsWith(@"\\?\", StringComparison.Ordinal)
        || path.StartsWith(@"\\.\", StringComparison.Ordinal) ? path
        : path.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC\" + path.Substring(2)
        : @"\\?\" + path;

    [DllImport(
        "kernel32", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFile(string source, string target, uint flags);

    [DllImport(
        "kernel32", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateFile(
        string path, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandle", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileInformation(SafeHandle file, [Out] uint[] information);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandleEx", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileInformation(SafeHandle file, int kind, [Out] uint[] information, int length);

    [DllImport("kernel32", EntryPoint = "SetFileTime", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetFileTime(SafeHandle file, IntPtr created, IntPtr accessed, ref long written);

    [DllImport("kernel32", EntryPoint = "FlushFileBuffers", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FlushFile(SafeHandle file);

    [DllImport("kernel32", EntryPoint = "DeviceIoControl", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ControlDevice(
        SafeHandle file, uint code, IntPtr input, uint inputLength, IntPtr output, uint outputLength, out uint returned,
        IntPtr overlapped);

    [DllImport(
        "kernel32", EntryPoint = "FindFirstFileW", CharSet = CharSet.Unicode, ExactSpelling = true,
        SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr FindFirst(string path, [Out] byte[] data);

    [DllImport("kernel32", EntryPoint = "FindClose", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FindClose(IntPtr search);

    [DllImport(
        "kernel32", EntryPoint = "GetDiskFreeSpaceExW", CharSet = CharSet.Unicode, ExactSpelling = true,
        SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetDiskFreeSpace(string folder, out ulong free, out ulong total, out ulong totalFree);
}
