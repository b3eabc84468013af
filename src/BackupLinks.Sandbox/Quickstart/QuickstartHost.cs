using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace BackupLinks.Sandbox.Quickstart;

/// <summary>The least that PowerShell needs of a host to write to a screen.</summary>
internal sealed class QuickstartHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "BackupLinks quickstart";

    public override PSHostUserInterface UI { get; } = new QuickstartUserInterface();

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
