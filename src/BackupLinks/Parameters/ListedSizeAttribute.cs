using System;
using System.Management.Automation;
using BackupLinks.Errors;

namespace BackupLinks.Parameters;

/// <summary>
/// Takes a size as a list had it. One that is not a number of bytes above zero is not known, and costs no link.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListedSizeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return LinkValues.ReadSize(
                inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is > 0 and var size ? size : null;
        }
        catch (BackupLinksException)
        {
            return null;
        }
    }
}
