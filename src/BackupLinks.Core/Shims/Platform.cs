using System;
using System.Runtime.InteropServices;

namespace BackupLinks.Shims;

/// <summary>The system that this process runs on.</summary>
internal static class Platform
{
    /// <summary>True on Linux.</summary>
    public static bool IsLinux { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    /// <summary>True on macOS.</summary>
    public static bool IsMac { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

    /// <summary>True on Windows.</summary>
    public static bool IsWindows { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>True on .NET Framework, that of Windows PowerShell.</summary>
    public static bool IsFramework { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Tells paths apart as the system does.</summary>
    public static StringComparison PathComparison { get; } =
        IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The same, for sets and dictionaries of paths.</summary>
    public static StringComparer PathComparer { get; } =
        IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
