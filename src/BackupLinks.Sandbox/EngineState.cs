using System;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace BackupLinks.Sandbox;

/// <summary>What a session of the engine begins with.</summary>
internal static class EngineState
{
    /// <summary>The engine's own commands, and leave to load a module from the checkout.</summary>
    public static InitialSessionState Create()
    {
        var state = InitialSessionState.CreateDefault2();
        // A Windows on which nothing was changed loads no script and no view; other systems have no such policy.
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        return state;
    }
}
