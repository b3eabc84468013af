using BackupLinks.Links;

namespace BackupLinks.TencentCloud;

/// <summary>A link that a service of Tencent Cloud returned.</summary>
public abstract class TencentCloudLink : DownloadLink
{
    private protected TencentCloudLink(LinkFields file, TencentLinkOrigin origin, TencentLinksRequest request)
        : base(file, origin)
    {
        Region = origin.Region;
        InstanceId = request.InstanceId;
        Network = (request.IsIntranet ? LinkNetwork.Intranet : LinkNetwork.Public).ToString();
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
}
