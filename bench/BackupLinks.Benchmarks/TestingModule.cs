using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BackupLinks.Sandbox;

namespace BackupLinks.Benchmarks;

/// <summary>Test-BackupFile and Get-BackupFile in a real engine.</summary>
internal sealed class TestingModule : IDisposable
{
    private readonly Runspace _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    public TestingModule()
    {
        _runspace.Open();
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Import-Module").AddArgument(Path.Combine(Checkout.Root, "BackupLinks.psd1")).Invoke();
    }

    /// <summary>Tests files, or those of a folder, all of which are intact.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="count">The number of files.</param>
    public void Test(string path, int count = 1)
    {
        using var shell = PowerShell.Create(_runspace);
        var reports = shell.AddCommand("Test-BackupFile").AddParameter("LiteralPath", path).Invoke();
        if (shell.HadErrors || reports.Count != count
            || reports.Any(report => (string)report.Properties["State"].Value != "Intact"))
        {
            var bad = reports.FirstOrDefault(report => (string)report.Properties["State"].Value != "Intact");
            throw new InvalidOperationException(
                $"{reports.Count} reports of {path}; {bad?.Properties["Problem"].Value}");
        }
    }

    /// <summary>Reads the catalog of a folder, and finds nothing that it looks for.</summary>
    public void Find(string folder)
    {
        using var shell = PowerShell.Create(_runspace);
        var files = shell.AddCommand("Get-BackupFile").AddParameter("Path", folder).AddParameter("State", "Changed")
            .Invoke();
        if (shell.HadErrors || files.Count > 0)
            throw new InvalidOperationException($"{files.Count} changed files in {folder}");
    }

    public void Dispose() => _runspace.Dispose();
}
