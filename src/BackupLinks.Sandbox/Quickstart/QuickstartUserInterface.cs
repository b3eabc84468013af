using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace BackupLinks.Sandbox.Quickstart;

/// <summary>Lines to a screen. No person is there to respond to a prompt.</summary>
internal sealed class QuickstartUserInterface(TextWriter output, bool decorate) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new QuickstartRawUserInterface();

    public override bool SupportsVirtualTerminal => decorate;

    public override void Write(string value) => output.Write(Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        output.Write(Plain(value));

    public override void WriteLine(string value) => output.WriteLine(Plain(value));

    public override void WriteErrorLine(string value) => output.WriteLine(Plain(value));

    public override void WriteWarningLine(string message) => output.WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => output.WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => output.WriteLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    // The engine decorates table headers for any host; a file or a pipe should get the words only.
    private string Plain(string value) =>
        SupportsVirtualTerminal ? value : new StringDecorated(value).ToString(OutputRendering.PlainText);
}
