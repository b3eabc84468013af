#if !NET8_0_OR_GREATER
using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
#endif

namespace BackupLinks.Shims;

/// <summary>
/// Windows PowerShell has no binding redirects for a module: what System.Text.Json was compiled against and
/// the versions beside it differ. There, an assembly that the host did not find is loaded from the module's
/// own folder. PowerShell 7 needs none of this.
/// </summary>
internal static class AssemblyResolution
{
#if NET8_0_OR_GREATER
    public static void Install()
    {
    }

    public static void Remove()
    {
    }
#else
    private static readonly string Folder = Path.GetDirectoryName(typeof(AssemblyResolution).Assembly.Location)!;

    private static bool IsWindowsPowerShell =>
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    public static void Install()
    {
        if (IsWindowsPowerShell)
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    public static void Remove()
    {
        if (IsWindowsPowerShell)
            AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        // Only for the module's own assemblies and their closure; other modules find their own.
        if (args.RequestingAssembly is not { IsDynamic: false, Location.Length: > 0 } requester
            || !string.Equals(Path.GetDirectoryName(requester.Location), Folder, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string path = Path.Combine(Folder, new AssemblyName(args.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
#endif
}
