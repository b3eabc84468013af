using System.Management.Automation;
using BackupLinks.Shims;

namespace BackupLinks.Sessions;

/// <summary>Called by PowerShell when the module comes and goes.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Makes the assemblies beside the module known, on Windows PowerShell.</summary>
    public void OnImport() => AssemblyResolution.Install();

    /// <summary>Closes the connections of the session.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        ModuleSession.End();
        AssemblyResolution.Remove();
    }
}
