using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BackupLinks.Sandbox;

namespace BackupLinks.Benchmarks;

/// <summary>Save-BackupFile in a real engine.</summary>
internal sealed class SavingModule : IDisposable
{
    private readonly Runspace _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    public SavingModule()
    {
        _runspace.Open();
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Import-Module").AddArgument(Path.Combine(Checkout.Root, "BackupLinks.psd1")).Invoke();
    }

    /// <summary>Saves files.</summary>
    /// <param name="addresses">Their addresses; a query tells equal ones apart.</param>
    /// <param name="target">The folder.</param>
    /// <param name="segments">The value of -SegmentCount; null for the module's choice.</param>
    /// <param name="files">The value of -ThrottleLimit; null for the module's choice.</param>
    /// <param name="isTested">True for -Test.</param>
    public void Save(Uri[] addresses, string target, int? segments = null, int? files = null, bool isTested = false)
    {
        var parameters = new Hashtable { ["Destination"] = target, ["Test"] = isTested };
        if (segments is { } count)
            parameters["SegmentCount"] = count;
        if (files is { } limit)
            parameters["ThrottleLimit"] = limit;
        using var shell = PowerShell.Create(_runspace);
        // As a user types it.
        shell.AddScript("param($links, $parameters) $links | Save-BackupFile @parameters")
            .AddArgument(addresses.Select((uri, i) =>
            {
                var link = new PSObject();
                link.Properties.Add(new PSNoteProperty("Uri", uri));
                link.Properties.Add(new PSNoteProperty("FileName", $"{i}.bin"));
                return link;
            }).ToArray())
            .AddArgument(parameters);
        var saved = shell.Invoke();
        RequireSaved(shell, saved.Count, addresses.Length);
    }

    /// <summary>Saves files that are named and forgotten one by one, as those of a fleet are.</summary>
    /// <param name="address">The address that the names follow.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">The folder.</param>
    public void SaveMany(string address, int count, string target)
    {
        using var shell = PowerShell.Create(_runspace);
        const string Script = """
            param($address, $count, $target)
            $saved = 0
            0..($count - 1) | ForEach-Object { [pscustomobject]@{ Uri = "$address/$_.bin"; FileName = "$_.bin" } } |
                Save-BackupFile -Destination $target | ForEach-Object { $saved++ }
            $saved
            """;
        var saved = shell.AddScript(Script).AddArgument(address).AddArgument(count).AddArgument(target).Invoke<int>();
        RequireSaved(shell, saved[0], count);
    }

    private static void RequireSaved(PowerShell shell, int saved, int expected)
    {
        if (shell.HadErrors || saved != expected)
            throw new InvalidOperationException(
                shell.Streams.Error.Count > 0 ? shell.Streams.Error[0].ToString() : $"{saved} files of {expected}");
    }

    public void Dispose() => _runspace.Dispose();
}
