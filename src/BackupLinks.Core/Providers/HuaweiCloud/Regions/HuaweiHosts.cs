using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Regions;

/// <summary>The hosts of a service of Huawei Cloud: <c>https://{service}.{region}.myhuaweicloud.com</c>.</summary>
/// <param name="name">The first part of its host names: <c>dcs</c>.</param>
/// <param name="regions">The regions that have it.</param>
internal sealed class HuaweiHosts(string name, params string[] regions)
{
    /// <summary>Identity and Access Management; every region has it.</summary>
    public static readonly HuaweiHosts Iam = new("iam", [.. HuaweiRegions.All]);

    /// <summary>The first part of its host names.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Every first part that its host names have: some services have one in some regions, and another in others.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [name];

    /// <summary>The name that the vendor's SDK has for the service in environment variables.</summary>
    public string SdkName { get; init; } = name;

    /// <summary>An address of it as a user writes one, for advice.</summary>
    public string Example => "https://" + Table.GetHost("cn-north-4");

    /// <summary>The regions that have it.</summary>
    public IReadOnlyList<string> Regions => Table.Regions;

    /// <summary>Its hosts by region; the region in Ireland is in a domain of its own.</summary>
    public RegionTable Table { get; init; } = new($"{name}.{{region}}.myhuaweicloud.com", regions)
    {
        OwnHosts = new Dictionary<string, string> { ["eu-west-101"] = $"{name}.eu-west-101.myhuaweicloud.eu" },
    };

    /// <summary>
    /// True for a host of the service in any region, also one that is not in the table. In the vendor's domains are
    /// hosts of others, too: the buckets of all customers.
    /// </summary>
    public bool OwnsHost(string host)
    {
        string[] labels = host.ToLowerInvariant().Split('.');
        return labels.Length == 4 && Names.Contains(labels[0]) && IsRegion(labels[1])
            && labels[2] == "myhuaweicloud" && labels[3] is "com" or "eu";

        static bool IsRegion(string label) => label.IndexOf('-') > 0 && char.IsDigit(label[label.Length - 1]);
    }

    /// <summary>Its address in a region of <see cref="Regions"/>.</summary>
    public Uri GetEndpoint(string region) => new("https://" + Table.GetHost(region));
}
