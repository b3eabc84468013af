using System;
using System.Linq;
using System.Reflection;

namespace BackupLinks.Links;

/// <summary>The kinds of link that there are, by the names of their types, and what their properties are.</summary>
internal static class LinkKind
{
    /// <summary>What PowerShell puts in front of the type names of an object that has been through CliXml.</summary>
    public const string DeserializedPrefix = "Deserialized.";

    /// <summary>The type of a kind; null when the type is no kind of link.</summary>
    /// <param name="typeName">The full name of the type; also as PowerShell gives it to an object that has been through CliXml.</param>
    public static Type? FindType(string typeName)
    {
        string name = typeName.StartsWith(DeserializedPrefix, StringComparison.Ordinal) ? typeName.Substring(DeserializedPrefix.Length) : typeName;
        return typeof(DownloadLink).Assembly.GetType(name) is { } type && IsKind(type) ? type : null;
    }

    /// <summary>The type of a kind; null when there is none of that name.</summary>
    public static Type? Find(string name) =>
        typeof(DownloadLink).Assembly.GetExportedTypes().FirstOrDefault(type => type.Name == name && IsKind(type));

    /// <summary>The type of a property of a kind of link; null when it has none of that name.</summary>
    /// <param name="kind">The kind; null for any.</param>
    /// <param name="property">The name, in any case.</param>
    public static Type? TypeOf(Type? kind, string property) =>
        (kind ?? typeof(DownloadLink)).GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;

    private static bool IsKind(Type type) => !type.IsAbstract && typeof(DownloadLink).IsAssignableFrom(type);
}
