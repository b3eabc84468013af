using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Providers;

/// <summary>The clouds that the module knows, with their services and kinds of link.</summary>
/// <param name="providers">The clouds.</param>
internal sealed class ProviderRegistry(params Provider[] providers)
{
    private LinkKindRegistry? _linkKinds;

    /// <summary>The clouds.</summary>
    public IReadOnlyList<Provider> Providers => providers;

    /// <summary>The services of all clouds.</summary>
    public IEnumerable<BackupService> Services => providers.SelectMany(provider => provider.Services);

    /// <summary>The kinds of link of all services.</summary>
    public LinkKindRegistry LinkKinds => _linkKinds ??= new LinkKindRegistry(Services);

    /// <summary>The service of a key; upper and lower case are the same. Null for none.</summary>
    public BackupService? FindService(string key) =>
        Services.FirstOrDefault(service => string.Equals(service.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The service that the objects of a type are of, also after CliXml; null for none.</summary>
    /// <param name="typeName">The full name of the type.</param>
    public BackupService? FindServiceOfType(string typeName)
    {
        string name = typeName.StartsWith(LinkKind.DeserializedPrefix, StringComparison.Ordinal)
            ? typeName.Substring(LinkKind.DeserializedPrefix.Length) : typeName;
        int end = name.LastIndexOf('.');
        // The types of a service are in its namespace.
        return end < 0
            ? null
            : Services.FirstOrDefault(service => service.GetType().Namespace == name.Substring(0, end));
    }
}
