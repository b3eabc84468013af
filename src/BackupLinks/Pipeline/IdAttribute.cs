using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace BackupLinks.Pipeline;

/// <summary>
/// Takes ids from values that are ids: text, numbers, GUIDs. Anything else is refused, so that an object in
/// the pipeline binds by its property and not, as any object could, by its text
/// (<c>@{InstanceId=...; BackupId=...}</c>).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = Unwrap(inputData);
        return value is IEnumerable list and not string
            ? list.Cast<object>().Select(item => ToId(Unwrap(item))).ToArray()
            : new[] { ToId(value) };
    }

    private static string ToId(object value) => value switch
    {
        string text => text,
        Guid guid => guid.ToString(),
        int or long or uint or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        // The binder goes on to the next way of binding when the inner exception is a failed cast.
        _ => throw new ArgumentTransformationMetadataException(
            "An id is text, a number or a GUID.", new PSInvalidCastException("An id is text, a number or a GUID.")),
    };

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
