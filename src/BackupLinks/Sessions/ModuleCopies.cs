using System;
using System.IO;
using System.Management.Automation;
using System.Reflection;

namespace BackupLinks.Sessions;

/// <summary>
/// Notices a session in which one version of the module was loaded and another one was imported afterwards: the shell
/// cannot unload the first, and runs it under the manifest of the second.
/// </summary>
internal static class ModuleCopies
{
    /// <summary>
    /// The warning for a session whose code is of another version than the module that was imported; null without one,
    /// and after the first time in a session.
    /// </summary>
    public static string? Describe(PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.MyCommand.Module?.Path is not { } path)
            return null;
        var loaded = typeof(ModuleCopies).Assembly;
        var running = loaded.GetName().Version;
        if (!ModuleSession.Current.IsFirst("copy of " + path)
            || VersionOf(path) is not { } imported || imported == running)
            return null;
        return $"BackupLinks {imported.ToString(3)} was imported from '{path}', and this session runs "
            + $"{running?.ToString(3)}, which it loaded earlier from '{loaded.Location}'; "
            + "start a new session to use the other copy.";
    }

    private static Version? VersionOf(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Version;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException
            or ArgumentException or System.Security.SecurityException)
        {
            return null; // not an assembly, or gone
        }
    }
}
