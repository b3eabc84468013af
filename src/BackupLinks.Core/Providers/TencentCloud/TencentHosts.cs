using System;
using System.Linq;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>
/// The hosts of a service of Tencent Cloud: one for all regions, which a header names, and one for each financial zone.
/// The international site has a host of its own. Source: "Service endpoints" of each API.
/// </summary>
/// <param name="name">The first part of its host names: <c>cdb</c>.</param>
internal sealed class TencentHosts(string name)
{
    private const string Domain = "tencentcloudapi.com";

    /// <summary>An address of it as a user writes one, for advice.</summary>
    public string Example => $"https://{name}.{Domain}";

    /// <summary>Its hosts by region.</summary>
    public RegionTable Table { get; } = new RegionTable($"{name}.{Domain}", TencentRegions.All)
        .With($"{name}.{{region}}.{Domain}", TencentRegions.Financial);

    /// <summary>True for a host of the service, in any region and on any site.</summary>
    public bool OwnsHost(string host)
    {
        string[] labels = host.ToLowerInvariant().Split('.');
        return labels.Length is 3 or 4 && labels[0] == name
            && string.Join(".", labels.Skip(labels.Length - 2)) == Domain;
    }

    /// <summary>Its address for a region of the table.</summary>
    /// <param name="region">The region.</param>
    /// <param name="isInternational">True for an account of the international site.</param>
    public Uri GetEndpoint(string region, bool isInternational) =>
        new("https://" + (isInternational && !TencentRegions.Financial.Contains(region)
            ? $"{name}.intl.{Domain}"
            : Table.GetHost(region)));
}
