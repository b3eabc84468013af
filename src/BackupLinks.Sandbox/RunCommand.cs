using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BackupLinks.Sandbox.Quickstart;

namespace BackupLinks.Sandbox;

/// <summary>Runs a script in the engine of the quickstart, for machines that have no pwsh.</summary>
internal static class RunCommand
{
    /// <summary>Runs a script.</summary>
    /// <param name="script">Its path.</param>
    /// <param name="arguments">Its arguments, by position.</param>
    /// <returns>0 when it came to its end without an error.</returns>
    public static int Run(string script, string[] arguments)
    {
        if (!File.Exists(script))
        {
            Console.Error.WriteLine($"There is no script '{script}'.");
            return 2;
        }

        using var runspace = RunspaceFactory.CreateRunspace(
            new QuickstartHost(Console.Out, decorate: !Console.IsOutputRedirected),
            EngineState.Create());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            shell.BeginStop(null, null);
        };
        shell.AddCommand(Path.GetFullPath(script));
        foreach (string argument in arguments)
            shell.AddArgument(argument);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException e)
        {
            Console.Error.WriteLine(e.ErrorRecord);
            return 1;
        }

        return shell.HadErrors ? 1 : 0;
    }
}
