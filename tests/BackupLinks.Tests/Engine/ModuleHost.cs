using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text.RegularExpressions;
using BackupLinks.Http;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.Quickstart;
using BackupLinks.Sessions;
using BackupLinks.Shims;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Engine;

/// <summary>The module in a real PowerShell engine, with every stream captured.</summary>
internal sealed class ModuleHost : IDisposable
{
    public static readonly string ModuleFramework = Metadata("ModuleFramework");

    public static readonly string ModuleVersion = Metadata("ModuleVersion");

    /// <summary>The module as it ships.</summary>
    public static readonly string StageFolder = Path.Combine(Checkout.Root, "out", "BackupLinks", ModuleVersion);

    private static readonly Lazy<string> Manifest = new(FindManifest);

    private readonly StringWriter _screen = new();
    private readonly Runspace _runspace;

    /// <summary>Starts the engine and imports the module.</summary>
    /// <param name="clock">What its commands wait by; null for the machine's clock.</param>
    public ModuleHost(Clock? clock = null)
    {
        _runspace = RunspaceFactory.CreateRunspace(
            new QuickstartHost(_screen, decorate: false), EngineState.Create());
        _runspace.Open();
        if (clock is not null)
            ModuleSession.Begin(_runspace, new ApiTransport(clock, SharedRandom.NextDouble));
        var import = Run("Import-Module $args[0] -ErrorAction Stop", Manifest.Value);
        Assert.Empty(import.Errors);
    }

    public static string ManifestPath => Manifest.Value;

    public Runspace Runspace => _runspace;

    /// <summary>What <c>Out-Default</c> has written.</summary>
    public string Screen => _screen.ToString();

    /// <summary>Imports the stand-in for SecretManagement and fills its default vault.</summary>
    public void AddVault(string name, Hashtable secrets, bool locked = false)
    {
        var result = Run(
            "Import-Module $args[0] -ErrorAction Stop; "
                + "Set-StandInVault -Name $args[1] -Secrets $args[2] -Locked:$args[3]",
            Path.Combine(Checkout.StandIns, "Microsoft.PowerShell.SecretManagement"), name, secrets, locked);
        Assert.Empty(result.Errors);
    }

    /// <summary>Runs a script with all streams on; <c>$args</c> are the arguments.</summary>
    public RunResult Run(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script).AddParameters(arguments);
        var output = new PSDataCollection<PSObject>();
        Exception? thrown = null;
        try
        {
            var run = shell.BeginInvoke<PSObject, PSObject>(null, output);
            if (!run.AsyncWaitHandle.WaitOne(TestTimeout.Hang))
            {
                shell.BeginStop(null, null);
                throw new TimeoutException($"The script does not end: {script}");
            }

            shell.EndInvoke(run);
        }
        catch (RuntimeException e)
        {
            thrown = e;
        }

        return new RunResult(output, shell.Streams, thrown as RuntimeException);
    }

    public void Dispose() => _runspace.Dispose();

    private static string Metadata(string key) =>
        typeof(ModuleHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(
            item => item.Key == key).Value!;

    private static string FindManifest()
    {
        string manifest = Path.Combine(StageFolder, "BackupLinks.psd1");
        if (ModuleFramework == "net8.0")
            return manifest;
        // The manifest picks the build by edition; here the other edition's build is wanted.
        string folder = Path.Combine(AppContext.BaseDirectory, "module");
        foreach (string file in Directory.GetFiles(StageFolder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(StageFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        string text = Regex.Replace(
            File.ReadAllText(manifest), @"RootModule\s*=.*", $"RootModule = 'bin/{ModuleFramework}/BackupLinks.dll'");
        string staged = Path.Combine(folder, "BackupLinks.psd1");
        File.WriteAllText(staged, text);
        return staged;
    }
}

/// <summary>What a script did.</summary>
internal sealed class RunResult(IList<PSObject> output, PSDataStreams streams, RuntimeException? thrown)
{
    public IReadOnlyList<PSObject> Output { get; } = [.. output];

    /// <summary>Non-terminating errors.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; } = [.. streams.Error];

    public IReadOnlyList<string> Warnings { get; } = [.. streams.Warning.Select(record => record.Message)];

    public IReadOnlyList<string> Verbose { get; } = [.. streams.Verbose.Select(record => record.Message)];

    public IReadOnlyList<ProgressRecord> Progress { get; } = [.. streams.Progress];

    /// <summary>The error that ended the script; null when it ran to its end.</summary>
    public RuntimeException? Thrown { get; } = thrown;

    /// <summary>All that the streams other than output carried, as text.</summary>
    public string AllText => string.Join('\n',
    [
        .. Errors.Select(Describe), .. Warnings, .. Verbose,
        .. streams.Debug.Select(record => record.Message),
        .. streams.Information.Select(record => record.ToString()),
        .. streams.Progress.Select(record => record.ToString()),
        Thrown is null ? "" : Describe(Thrown.ErrorRecord),
    ]);

    /// <summary>The one error, terminating or not, by its stable id.</summary>
    public ErrorRecord SingleError(string id)
    {
        var error = Thrown?.ErrorRecord ?? Assert.Single(Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        return error;
    }

    /// <summary>No error and no warning; progress shows when a machine is busy.</summary>
    public void AssertSilent() => Assert.True(Thrown is null && Errors.Count == 0 && Warnings.Count == 0, AllText);

    public T Single<T>() => Assert.IsType<T>(Assert.Single(Output).BaseObject);

    private static string Describe(ErrorRecord error) =>
        error + "\n" + error.Exception + "\n" + error.ErrorDetails + "\n" + error.TargetObject;
}
