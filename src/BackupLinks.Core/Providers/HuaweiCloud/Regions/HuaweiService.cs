using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.HuaweiCloud.Regions;

/// <summary>
/// A service of Huawei Cloud: where it is, <c>https://{service}.{region}.myhuaweicloud.com</c>, and what its error codes mean.
/// </summary>
/// <param name="name">The first part of its host names: <c>dcs</c>.</param>
internal sealed class HuaweiService(string name)
{
    /// <summary>Identity and Access Management; every region has it.</summary>
    public static readonly HuaweiService Iam = new("iam");

    /// <summary>The first part of its host names.</summary>
    public string Name => name;

    /// <summary>
    /// True for a host of the service in any region, also one that is not in the table. In the vendor's domains are hosts of
    /// others, too: everybody's buckets.
    /// </summary>
    public bool OwnsHost(string host)
    {
        string[] labels = host.ToLowerInvariant().Split('.');
        return labels.Length == 4 && labels[0] == name && IsRegion(labels[1]) && labels[2] == "myhuaweicloud" && labels[3] is "com" or "eu";

        static bool IsRegion(string label) => label.IndexOf('-') > 0 && char.IsDigit(label[label.Length - 1]);
    }

    /// <summary>The regions of the table that do not have it.</summary>
    public IReadOnlyCollection<string> AbsentFrom { get; init; } = [];

    /// <summary>The hosts that leave the pattern, by region.</summary>
    public IReadOnlyDictionary<string, string> OwnHosts { get; init; } =
        new Dictionary<string, string> { ["eu-west-101"] = $"{name}.eu-west-101.myhuaweicloud.eu" };

    /// <summary>
    /// Its own error codes whose HTTP status does not say what they mean, from its page of error codes. Another service
    /// may mean something else by the same code.
    /// </summary>
    public IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; init; } = new Dictionary<string, ErrorKind>();

    /// <summary>The regions that have it.</summary>
    public IEnumerable<string> Regions => HuaweiRegions.All.Except(AbsentFrom);

    /// <summary>Its address in a region of <see cref="Regions"/>.</summary>
    public Uri GetEndpoint(string region) =>
        new("https://" + (OwnHosts.TryGetValue(region, out string? host) ? host : $"{name}.{region}.myhuaweicloud.com"));
}
