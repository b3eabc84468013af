using System;
using System.Management.Automation;

namespace BackupLinks.Formatting;

/// <summary>Reads the properties of objects, which a script may have made.</summary>
internal static class PropertyValue
{
    /// <summary>The value of a property; null for a script that fails.</summary>
    public static object? Of(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>The text of a property; null when there is none, or it is blank.</summary>
    public static string? Text(PSObject item, string name) =>
        item.Properties[name]?.Value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>The text of a property; null when there is none, it is blank, or its script fails.</summary>
    public static string? TryText(PSObject item, string name) =>
        item.Properties[name] is { } property && Of(property)?.ToString() is { } text
            && !string.IsNullOrWhiteSpace(text)
            ? text : null;

    /// <summary>The time in a property; null when there is none, it is not a time, or its script fails.</summary>
    public static DateTimeOffset? TryTime(PSObject item, string name) =>
        item.Properties[name] is { } property ? Display.ToTime(Of(property)) : null;

    /// <summary>An address as it was written.</summary>
    /// <param name="address">A Uri, text, or anything else; wrapped or not.</param>
    public static string? AddressText(object? address) =>
        (address is PSObject { BaseObject: Uri boxed } ? boxed : address) is Uri uri
            ? uri.OriginalString : address?.ToString();

    /// <summary>True for the time that a link has left, which changes between two readings.</summary>
    public static bool IsOfTheMoment(PSPropertyInfo property) =>
        property.Name.Equals("ExpiresIn", StringComparison.OrdinalIgnoreCase);
}
