using System;
using System.Management.Automation;
using BackupLinks.Formatting;

namespace BackupLinks.Parameters;

/// <summary>
/// Takes a time as a list had it, in any shape that it has in the pipeline, in CliXml or in a row of text. It only
/// describes, so that one that cannot be read is none, and costs no link.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListedTimeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(
        EngineIntrinsics engineIntrinsics, object? inputData) => Display.ToTime(inputData);
}
