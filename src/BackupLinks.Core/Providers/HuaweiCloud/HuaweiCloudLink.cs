using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud;

/// <summary>A link that a service of Huawei Cloud returned.</summary>
public abstract class HuaweiCloudLink : DownloadLink
{
    private protected HuaweiCloudLink(LinkFields file, HuaweiLinkOrigin origin)
        : base(file, origin)
    {
        Region = origin.Region;
        ProjectId = origin.ProjectId;
        IamEndpoint = origin.IamEndpoint;
    }

    /// <summary>The region, or sub-project, that the request was for; null when only an endpoint was given.</summary>
    public string? Region { get; }

    /// <summary>The project that the backup belongs to.</summary>
    public string ProjectId { get; }

    /// <summary>The base address of the IAM service that goes with the credential.</summary>
    public string IamEndpoint { get; }
}
