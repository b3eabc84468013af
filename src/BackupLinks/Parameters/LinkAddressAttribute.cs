using System;
using System.Management.Automation;
using BackupLinks.Formatting;

namespace BackupLinks.Parameters;

/// <summary>
/// Takes an address, or an object that has one. The text of a link that has been through CliXml or a job is its address
/// without the signature, with which no store opens: its property Uri has it whole.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LinkAddressAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is PSObject { BaseObject: not (string or Uri) } item && item.Properties["Uri"] is { } address
            ? PropertyValue.Of(address)
            : inputData;
}
