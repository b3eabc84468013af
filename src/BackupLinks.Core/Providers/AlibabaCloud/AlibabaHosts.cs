using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// The hosts of a service of Alibaba Cloud: <c>https://{service}.{region}.aliyuncs.com</c>, and one central host for
/// older regions. Source: the endpoint maps of the vendor's SDKs.
/// </summary>
/// <param name="name">The first part of its host names: <c>rds</c>.</param>
/// <param name="central">The regions that the central host has.</param>
internal sealed class AlibabaHosts(string name, params string[] central)
{
    private const string Domain = "aliyuncs.com";

    // The vendor's areas. In its domain are hosts of others, too: the buckets of all customers, at oss-....
    private static readonly string[] Areas = ["cn", "ap", "us", "na", "sa", "eu", "me", "af"];

    /// <summary>The first part of its host names.</summary>
    public string Name => name;

    /// <summary>An address of it as a user writes one, for advice.</summary>
    public string Example => "https://" + Table.GetHost("cn-chengdu");

    /// <summary>Its hosts by region.</summary>
    public RegionTable Table { get; private set; } =
        new RegionTable($"{name}.{{region}}.{Domain}", AlibabaRegions.All).With($"{name}.{Domain}", central);

    /// <summary>The regions that have only an address inside a private network.</summary>
    public IReadOnlyList<string> VpcOnly
    {
        init => Table = Table.With($"{name}-vpc.{{region}}.{Domain}", [.. value]);
    }

    /// <summary>True for a host of the service in any region, also one that is not in the table.</summary>
    public bool OwnsHost(string host)
    {
        string[] labels = host.ToLowerInvariant().Split('.');
        bool isService = labels[0] == name || labels[0] == name + "-vpc";
        return labels.Length switch
        {
            3 => labels[0] == name && EndsWithDomain(1),
            4 => isService && Areas.Contains(labels[1].Split('-')[0]) && EndsWithDomain(2),
            _ => false,
        };

        bool EndsWithDomain(int start) => string.Join(".", labels.Skip(start)) == Domain;
    }

    /// <summary>Its address in a region of the table.</summary>
    /// <param name="region">The region.</param>
    /// <param name="isVpc">True for the address inside a private network of the region.</param>
    public Uri GetEndpoint(string region, bool isVpc) =>
        new("https://" + (isVpc ? $"{name}-vpc.{region}.{Domain}" : Table.GetHost(region)));
}
