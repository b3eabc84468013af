using System;
using System.Management.Automation;

namespace BackupLinks.Parameters;

/// <summary>
/// Takes true and false as a list had them, also as text; what is neither is not known, and costs no link.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListedBooleanAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        bool value => value,
        string text when bool.TryParse(text, out bool value) => value,
        _ => null,
    };
}
