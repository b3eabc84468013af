using System;
using System.Runtime.InteropServices;
using System.Text;

namespace BackupLinks.Shims;

/// <summary>
/// Calls of the C library of Linux and macOS that the framework does not have, or whose failure it does not report.
/// Each returns null or false where the library does not have the call; the caller continues without it.
/// </summary>
internal static class Libc
{
    private const int KeepSize = 1;             // FALLOC_FL_KEEP_SIZE
    private const int CurrentFolder = -100;     // AT_FDCWD of Linux
    private const int DoNotFollow = 0x100;      // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000;       // AT_EMPTY_PATH
    private const uint BasicStatus = 0x7ff;     // STATX_BASIC_STATS
    private const int StatusLength = 256;       // struct statx; struct stat of macOS is shorter
    private const uint NoReplace = 1;           // RENAME_NOREPLACE
    private const uint Exclusive = 4;           // RENAME_EXCL of macOS
    private const int CloseOnExecLinux = 0x80000;
    private const int CloseOnExecMac = 0x1000000;

    /// <summary>Sets room aside; false where the system cannot, or there is none.</summary>
    // A 32-bit system has other arguments.
    public static bool Allocate(SafeHandle file, long position, long count) =>
        Platform.IsLinux && Environment.Is64BitProcess
            && Call(() => AllocateRange(file, KeepSize, position, count)) == 0;

    /// <summary>Flushes a file to the disk; 0 or the system's error.</summary>
    public static int? Flush(SafeHandle file) => Platform.IsLinux ? Call(() => Synchronize(file)) : null;

    /// <summary>Flushes the entries of a folder to the disk; 0 or the system's error.</summary>
    public static int? FlushFolder(string path)
    {
        if (!Platform.IsLinux && !Platform.IsMac)
            return null;
        int folder = -1;
        // Read only: 0 on every system.
        int? error = Call(() => folder = Open(ToBytes(path), Platform.IsLinux ? CloseOnExecLinux : CloseOnExecMac));
        if (error != 0)
            return error;
        error = Call(() => SynchronizeNumber(folder));
        // Never a second time: after EINTR the number may be another file's already (close(2)).
        _ = Close(folder);
        return error;
    }

    /// <summary>The user that this process acts as.</summary>
    public static uint? GetUser()
    {
        uint user = 0;
        return Call(() =>
        {
            user = EffectiveUser();
            return 0;
        }) is null ? null : user;
    }

    /// <summary>The status of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="status">The structure that <see cref="IsStatx"/> says.</param>
    /// <returns>0 or the system's error.</returns>
    public static int? GetStatus(SafeHandle file, out byte[] status)
    {
        byte[] buffer = status = new byte[StatusLength];
        return Platform.IsLinux ? Call(() => StatusOfHandle(file, [0], EmptyPath, BasicStatus, buffer))
            : IsIntelMac ? Call(() => MacIntelStatusOfHandle(file, buffer))
            : Platform.IsMac ? Call(() => MacStatusOfHandle(file, buffer)) : null;
    }

    /// <summary>The status of a path, without following a link.</summary>
    /// <inheritdoc cref="GetStatus(SafeHandle, out byte[])"/>
    public static int? GetStatus(string path, out byte[] status)
    {
        byte[] buffer = status = new byte[StatusLength];
        byte[] name = ToBytes(path);
        return Platform.IsLinux ? Call(() => StatusOfPath(CurrentFolder, name, DoNotFollow, BasicStatus, buffer))
            : IsIntelMac ? Call(() => MacIntelStatusOfPath(name, buffer))
            : Platform.IsMac ? Call(() => MacStatusOfPath(name, buffer)) : null;
    }

    /// <summary>
    /// True when a status is a <c>struct statx</c> of Linux, false for a <c>struct stat</c> of macOS.
    /// </summary>
    public static bool IsStatx => Platform.IsLinux;

    /// <summary>Renames a file and replaces what has the new name; 0 or the system's error.</summary>
    public static int? RenameOver(string source, string target) =>
        Platform.IsWindows ? null : Call(() => Rename(ToBytes(source), ToBytes(target)));

    /// <summary>Renames a file unless something has the new name; 0 or the system's error.</summary>
    public static int? RenameNew(string source, string target) =>
        Platform.IsLinux
        ? Call(() => RenameAt(CurrentFolder, ToBytes(source), CurrentFolder, ToBytes(target), NoReplace))
        : Platform.IsMac ? Call(() => MacRename(ToBytes(source), ToBytes(target), Exclusive)) : null;

    /// <summary>Gives a file a second name unless something has it; 0 or the system's error.</summary>
    public static int? AddName(string source, string target) =>
        Platform.IsWindows ? null : Call(() => Link(ToBytes(source), ToBytes(target)));

    private static bool IsIntelMac => Platform.IsMac && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static byte[] ToBytes(string path) => Encoding.UTF8.GetBytes(path + "\0");

    // Null where the library does not have the call.
    private static int? Call(Func<int> call)
    {
        try
        {
            int error;
            do
                error = call() >= 0 ? 0 : Marshal.GetLastWin32Error();
            while (error == SystemErrors.Interrupted);
            return error;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AllocateRange(SafeHandle file, int mode, long position, long count);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(SafeHandle file);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SynchronizeNumber(int file);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOfHandle(SafeHandle folder, byte[] path, int flags, uint mask, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOfPath(int folder, byte[] path, int flags, uint mask, [Out] byte[] status);

    // macOS: the names with 64-bit inodes are the plain ones, except on Intel.
    [DllImport("libc", EntryPoint = "fstat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MacStatusOfHandle(SafeHandle file, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "lstat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MacStatusOfPath(byte[] path, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MacIntelStatusOfHandle(SafeHandle file, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MacIntelStatusOfPath(byte[] path, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(byte[] source, byte[] target);

    [DllImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameAt(int sourceFolder, byte[] source, int targetFolder, byte[] target, uint flags);

    [DllImport("libc", EntryPoint = "renamex_np", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MacRename(byte[] source, byte[] target, uint flags);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] source, byte[] target);
}
