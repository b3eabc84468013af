using System;
using System.Management.Automation;
using System.Reflection;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// What <c>Select-Object -First</c> does, which is not in the hosted engine: after so many objects, it ends the
/// commands before it by the engine's own exception for this.
/// </summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class SelectFirstCommand : PSCmdlet
{
    private int _taken;

    [Parameter(Position = 0)]
    public int Count { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        if (++_taken < Count)
            return;
        var stop = typeof(PSObject).Assembly.GetType(
            "System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(
            stop, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [this], null)!;
    }
}
