using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Text;

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

    /// <summary>The region, which must be one of the <see cref="Regions"/>.</summary>
    /// <param name="region">The region; null when the caller gave none.</param>
    /// <param name="service">The service, for the error.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnknownRegion"/>.</exception>
    public string Require(string? region, string service)
    {
        if (region is null)
        {
            throw new BackupLinksException(
                ErrorKind.UnknownRegion,
                "No region was given; pass -Region or -Endpoint, or store one of them with the credential.");
        }

        if (Contains(region))
            return region;
        var close = Spelling.Closest(region, regions);
        string hint = close.Count == 0
            ? "press Tab after -Region to see the known regions."
            : $"did you mean {string.Join(", ", close)}?";
        throw new BackupLinksException(
            ErrorKind.UnknownRegion,
            $"No {service} endpoint is known for region '{ScreenText.Excerpt(region)}'; {hint} For another cloud with "
                + "the same API, pass its address as -Endpoint.");
    }
}
