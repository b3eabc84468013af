using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Benchmarks;

/// <summary>The module in a real engine, against the same cloud as the peer.</summary>
internal sealed class ModuleUnderTest : IDisposable
{
    private readonly Runspace _runspace;
    private readonly PSCredential _credential;
    private readonly Uri _endpoint;

    public ModuleUnderTest(Uri endpoint)
    {
        _endpoint = endpoint;
        var secret = new SecureString();
        foreach (char c in HuaweiSamples.OperatorKey.SecretKey)
            secret.AppendChar(c);
        _credential = new PSCredential(HuaweiSamples.OperatorKey.AccessKey, secret);
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        // The engine is warm: it has parsed, bound and formatted before.
        Run("1..10 | ForEach-Object { $_ } | Where-Object { $_ -gt 5 } | Out-Null; Get-Help Get-Module | Out-Null");
    }

    public void Import() => Run("Import-Module $args[0]", Path.Combine(Checkout.Root, "BackupLinks.psd1"));

    /// <summary>Imports a small module of the same make.</summary>
    public void ImportAnother() =>
        Run("Import-Module $args[0]", Path.Combine(AppContext.BaseDirectory, "Other", "Other.psd1"));

    /// <summary>Requests the link of the same backup again and again.</summary>
    /// <param name="count">How often.</param>
    /// <param name="throttleLimit">The value of -ThrottleLimit.</param>
    /// <param name="seen">Is told of each link.</param>
    public int GetLinks(int count, int throttleLimit, Action<int>? seen = null) => CountDcs(
        // As a user types it.
        "param($parameters, $instance, $ids) $ids | Get-DcsBackupLink @parameters -InstanceId $instance", seen,
        throttleLimit,
        HuaweiSamples.DcsInstanceId, Enumerable.Repeat(HuaweiSamples.DcsSingleBackupId, count).ToArray());

    /// <summary>Lists the backups of all instances.</summary>
    /// <param name="times">How often.</param>
    /// <param name="throttleLimit">The value of -ThrottleLimit.</param>
    /// <param name="seen">Is told of each backup.</param>
    public int GetBackups(int times, int throttleLimit, Action<int>? seen = null) => CountDcs(
        "param($parameters, $times) for ($i = 0; $i -lt $times; $i++) "
            + "{ Get-DcsInstance @parameters | Get-DcsBackup @parameters }",
        seen,
        throttleLimit,
        times);

    /// <summary>Goes through the front door, with the services and the regions of a cloud at one address.</summary>
    /// <param name="script">The pipeline; <c>$cloud</c> and <c>$limit</c> are the parameters of its commands.</param>
    /// <param name="services">The services.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="throttleLimit">The value of -ThrottleLimit.</param>
    /// <param name="seen">Is told of each object.</param>
    public int Run(string script, string[] services, string[] regions, int throttleLimit, Action<int>? seen = null) =>
        Count("param($cloud, $limit) " + script, seen,
            new Hashtable
            {
                ["Service"] = services,
                ["Region"] = regions,
                ["Endpoint"] = _endpoint.GetLeftPart(UriPartial.Authority) + "/{service}/{region}",
                ["Credential"] = _credential,
            },
            new Hashtable { ["ThrottleLimit"] = throttleLimit });

    public void Dispose() => _runspace.Dispose();

    private int CountDcs(string script, Action<int>? seen, int throttleLimit, params object[] arguments) => Count(
        script, seen,
        [
            new Hashtable
            {
                ["ProjectId"] = HuaweiSamples.ProjectId,
                ["Endpoint"] = _endpoint.AbsoluteUri,
                ["Credential"] = _credential,
                ["ThrottleLimit"] = throttleLimit,
            },
            .. arguments,
        ]);

    private int Count(string script, Action<int>? seen, params object[] arguments)
    {
        int links = 0;
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
            shell.AddArgument(argument);
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, _) =>
        {
            links++;
            seen?.Invoke(links);
            output.Clear();
        };
        shell.Invoke(null, output);
        return shell.HadErrors ? throw new InvalidOperationException(shell.Streams.Error[0].ToString()) : links;
    }

    private void Run(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script).AddParameters(arguments);
        shell.Invoke();
        if (shell.HadErrors)
            throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }
}
