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
}
