using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Providers;

/// <summary>The regions of a service, and its host in each.</summary>
/// <param name="pattern">The host; <c>{region}</c> stands for the region.</param>
/// <param name="regions">The regions that have the service.</param>
internal sealed class RegionTable(string pattern, params string[] regions)
{
    private const string Placeholder = "{region}";

    /// <summary>The regions that have the service.</summary>
    public IReadOnlyList<string> Regions => regions;

    /// <summary>The hosts that leave the pattern, by region.</summary>
    public IReadOnlyDictionary<string, string> OwnHosts { get; init; } = new Dictionary<string, string>();

    /// <summary>The same table, with another pattern for some of its regions.</summary>
    public RegionTable With(string otherPattern, params string[] some)
    {
        var hosts = OwnHosts.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (string region in some)
            hosts[region] = otherPattern.Replace(Placeholder, region);
        return new RegionTable(pattern, regions) { OwnHosts = hosts };
    }

    /// <summary>True for a region that has the service.</summary>
    public bool Contains(string region) => regions.Contains(region, StringComparer.Ordinal);

    /// <summary>The host in one of the <see cref="Regions"/>.</summary>
    public string GetHost(string region) =>
        OwnHosts.TryGetValue(region, out string? host) ? host : pattern.Replace(Placeholder, region);
}
