using System.IO;
#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace BackupLinks.Shims;

/// <summary>Sees to it that a file is on the disk.</summary>
internal static class DiskFlush
{
#if NET8_0_OR_GREATER
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;
    private const int ReadOnlyFileSystem = 30;
    private const int NotSupported = 95;
#endif

    /// <summary>Returns when everything written is on the disk.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public static void Flush(FileStream file)
    {
#if NET8_0_OR_GREATER
        file.Flush();
        // The framework's own says nothing on Linux when the disk has failed.
        int error;
        do
        {
            if (!Libc.TryFlush(file.SafeFileHandle, out error))
            {
                RandomAccess.FlushToDisk(file.SafeFileHandle);
                return;
            }
        }
        while (error == Interrupted);

        // What cannot be flushed, such as a pipe, needs none.
        if (error is not (0 or InvalidArgument or ReadOnlyFileSystem or NotSupported))
            throw new IOException("The disk did not take what was written: " + Marshal.GetPInvokeErrorMessage(error) + ".", error);
#else
        file.Flush(flushToDisk: true);
#endif
    }
}
