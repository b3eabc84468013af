using System;
using System.IO;
using System.Management.Automation;
using System.Reflection;
using BackupLinks.Formatting;

namespace BackupLinks.Sessions;

/// <summary>
/// Notices a session in which one version of the module was loaded and another one was imported afterwards: the shell
/// cannot unload the first, and runs it under the manifest of the second.
/// </summary>
internal static class ModuleCopies
{
    /// <summary>
    /// Warns, once a session, when the code that runs is of another version than the module that was imported.
    /// </summary>
    public static void Warn(PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.MyCommand.Module?.Path is not { } path
            || !ModuleSession.Current.IsFirst("copy of " + path))
            return;
        var loaded = typeof(ModuleCopies).Assembly;
        if (VersionOf(path) is { } imported && imported != loaded.GetName().Version)
        {
            cmdlet.Warn(
                $"BackupLinks {imported.ToString(3)} was imported from '{path}', and this session "
                    + $"runs {loaded.GetName().Version?.ToString(3)}, which it loaded earlier from "
                    + $"'{loaded.Location}'; start a new session to use the other copy.");
        }
    }

    private static Version? VersionOf(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Version;
        }
        catch (Exception e)
            when (e is IOException or BadImageFormatException or UnauthorizedAccessException or ArgumentException
                or System.Security.SecurityException)
        {
            return null; // not an assembly, or gone
        }
    }
}
