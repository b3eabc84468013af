using System;
using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud;

/// <summary>A link that a service of Alibaba Cloud returned.</summary>
public abstract class AlibabaCloudLink : DownloadLink
{
    private protected AlibabaCloudLink(LinkFields file, AlibabaLinkOrigin origin, string instanceId, bool isIntranet)
        : base(file, origin)
    {
        Region = origin.Region;
        InstanceId = instanceId;
        Network = (isIntranet ? LinkNetwork.Intranet : LinkNetwork.Public).ToString();
    }

    /// <summary>The region that the request was for; null when only an endpoint was given.</summary>
    public string? Region { get; }

    /// <summary>The instance.</summary>
    public string InstanceId { get; }

    /// <summary>
    /// Which of the two addresses <see cref="DownloadLink.Uri"/> is: <c>Public</c>, or <c>Intranet</c> inside the
    /// provider's network.
    /// </summary>
    public string Network { get; }

    internal override bool IsIntranet => Network == nameof(LinkNetwork.Intranet);

    /// <summary>True for the properties of a link inside the provider's network.</summary>
    internal static bool IsOnIntranet(LinkProperties link) =>
        nameof(LinkNetwork.Intranet).Equals(link[nameof(Network)], StringComparison.OrdinalIgnoreCase);
}
