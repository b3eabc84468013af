using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Providers;

/// <summary>The kinds of link of all services.</summary>
/// <param name="services">The services.</param>
internal sealed class LinkKindRegistry(IEnumerable<BackupService> services)
{
    /// <summary>All kinds.</summary>
    public IReadOnlyList<LinkKind> All { get; } = [.. services.SelectMany(service => service.LinkKinds)];

    /// <summary>The kind of a key, or of the name that manifests had before; null for none.</summary>
    public LinkKind? Find(string key) =>
        All.FirstOrDefault(kind => kind.Key == key) ?? All.FirstOrDefault(kind => kind.FormerName == key);

    /// <summary>The kind of a type; null for none.</summary>
    public LinkKind? Find(Type type) => All.FirstOrDefault(kind => kind.Type == type);

    /// <summary>The kind of an object by the name of its type, also after CliXml; null for none.</summary>
    public LinkKind? FindType(string typeName)
    {
        string name = typeName.StartsWith(LinkKind.DeserializedPrefix, StringComparison.Ordinal)
            ? typeName.Substring(LinkKind.DeserializedPrefix.Length) : typeName;
        return All.FirstOrDefault(kind => kind.Type.FullName == name);
    }
}
