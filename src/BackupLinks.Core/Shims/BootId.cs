using System;
using System.IO;

namespace BackupLinks.Shims;

internal static class BootId
{
    private const string LinuxFile = "/proc/sys/kernel/random/boot_id";
    private static readonly Lazy<string?> Known = new(Read);

    /// <summary>
    /// A name for this start of the system, which no other start has; null where the system does not give one.
    /// </summary>
    public static string? Id => Known.Value;

    private static string? Read()
    {
        try
        {
            return File.Exists(LinuxFile) ? File.ReadAllText(LinuxFile).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
