using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Providers;

namespace BackupLinks.Parameters;

/// <summary>
/// Takes ids from values that are ids: text, numbers, GUIDs. Anything else is refused, so that an object in
/// the pipeline binds by its property and not, as any object could, by its text
/// (<c>@{InstanceId=...; BackupId=...}</c>). An object of this module that another command takes is refused with the
/// name of that command.
/// </summary>
/// <param name="service">The key of the service of the command; null where objects do not bind by value.</param>
/// <param name="property">The property that an object must have; null for any.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdTransformationAttribute(string? service = null, string? property = null)
    : ArgumentTransformationAttribute
{
    private const string Rule = "An id is text, a number or a GUID.";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = Unwrap(inputData);
        return value is IEnumerable list and not string
            ? list.Cast<object>().Select(ToId).ToArray()
            : new[] { ToId(inputData) };
    }

    private string ToId(object item) => Unwrap(item) switch
    {
        string text => text,
        Guid guid => guid.ToString(),
        int or long or uint or ulong => Convert.ToString(Unwrap(item), CultureInfo.InvariantCulture)!,
        _ => throw Refuse(PSObject.AsPSObject(item)),
    };

    private ArgumentTransformationMetadataException Refuse(PSObject item)
    {
        if (NamedKind.Of(item) is { } kind
            && (kind.Service != service || (property is not null && item.Properties[property] is null)))
            return new ArgumentTransformationMetadataException(
                service is null ? Rule : $"The command does not accept an object of this kind: {kind}.");
        // The binder tries the next way of binding when the inner exception is a failed cast.
        return new ArgumentTransformationMetadataException(Rule, new PSInvalidCastException(Rule));
    }

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
