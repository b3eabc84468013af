using System.IO;
#if NET8_0_OR_GREATER
using System;
using System.Runtime.InteropServices;
#endif

namespace BackupLinks.Shims;

/// <summary>Sees to it that a file is on the disk.</summary>
internal static class DiskFlush
{
    /// <summary>Returns when everything written is on the disk.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public static void Flush(FileStream file)
    {
#if NET8_0_OR_GREATER
        file.Flush();
        // The framework's own says nothing on Linux when the disk has failed.
        if (OperatingSystem.IsLinux())
            FlushOnLinux(file.SafeFileHandle);
        else
            RandomAccess.FlushToDisk(file.SafeFileHandle);
#else
        file.Flush(flushToDisk: true);
#endif
    }

#if NET8_0_OR_GREATER
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;
    private const int ReadOnlyFileSystem = 30;
    private const int NotSupported = 95;

    private static void FlushOnLinux(SafeHandle file)
    {
        while (Synchronize(file) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            // What cannot be flushed, such as a pipe, needs none.
            if (error is InvalidArgument or ReadOnlyFileSystem or NotSupported)
                return;
            if (error != Interrupted)
                throw new IOException("The disk did not take what was written: " + Marshal.GetPInvokeErrorMessage(error) + ".", error);
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(SafeHandle file);
#endif
}
