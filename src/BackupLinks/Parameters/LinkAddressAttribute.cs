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
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? address = inputData is PSObject { BaseObject: not (string or Uri) } item
            && item.Properties["Uri"] is { } property ? PropertyValue.Of(property) : inputData;
        // The shell's own error has all of the text, and a link has a signature in it.
        if ((address is PSObject wrapped ? wrapped.BaseObject : address) is string text
            && !Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _))
        {
            throw new ArgumentTransformationMetadataException(
                "The address is not valid; check its host and its port, or get a new link.");
        }

        return address;
    }
}
