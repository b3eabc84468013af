using System;
using System.Globalization;
using System.IO;
using System.Management.Automation.Host;

namespace BackupLinks.Sandbox.Quickstart;

/// <summary>The least that PowerShell needs of a host to write to a screen.</summary>
/// <param name="output">The screen.</param>
/// <param name="decorate">True when the screen understands colours.</param>
internal sealed class QuickstartHost(TextWriter output, bool decorate) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "BackupLinks quickstart";

    public override PSHostUserInterface UI { get; } = new QuickstartUserInterface(output, decorate);

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
