using System;
using System.Linq;
using System.Reflection;

namespace BackupLinks.Links;

/// <summary>The kinds of link that there are, by the names of their types, and what their properties are.</summary>
internal static class LinkKind
{
    /// <summary>The type of a kind; null when there is none of that name.</summary>
    public static Type? Find(string name) =>
        typeof(DownloadLink).Assembly.GetExportedTypes().FirstOrDefault(
            type => !type.IsAbstract && type.Name == name && typeof(DownloadLink).IsAssignableFrom(type));

    /// <summary>The type of a property of a kind of link; null when it has none of that name.</summary>
    /// <param name="kind">The kind; null for any.</param>
    /// <param name="property">The name, in any case.</param>
    public static Type? TypeOf(Type? kind, string property) =>
        (kind ?? typeof(DownloadLink)).GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
}
