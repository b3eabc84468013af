#if NET8_0_OR_GREATER
using System;
using System.Runtime.InteropServices;

namespace BackupLinks.Shims;

/// <summary>
/// What the framework has no call for on Linux, or none that tells of a failure. Where the C library goes by another name,
/// callers are told so, and go on without.
/// </summary>
internal static class Libc
{
    private const int KeepSize = 1; // FALLOC_FL_KEEP_SIZE

    /// <summary>Sets room aside; says nothing where there is none.</summary>
    public static void Allocate(SafeHandle file, long position, long count)
    {
        // A 32-bit system has other arguments.
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
            TryCall(() => AllocateRange(file, KeepSize, position, count), out _);
    }

    /// <summary>Flushes to the disk.</summary>
    /// <param name="file">The file.</param>
    /// <param name="error">The system's number of what went wrong; 0 for nothing.</param>
    /// <returns>False where it is left to the framework.</returns>
    public static bool TryFlush(SafeHandle file, out int error)
    {
        error = 0;
        return OperatingSystem.IsLinux() && TryCall(() => Synchronize(file), out error);
    }

    private static bool TryCall(Func<int> call, out int error)
    {
        error = 0;
        try
        {
            if (call() != 0)
                error = Marshal.GetLastPInvokeError();
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AllocateRange(SafeHandle file, int mode, long position, long count);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(SafeHandle file);
}
#endif
