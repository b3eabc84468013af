using BackupLinks.Links;

namespace BackupLinks.TencentCloud;

/// <summary>The file of a log of a database service of Tencent Cloud.</summary>
public abstract class TencentCloudLogLink : TencentCloudLink
{
    private protected TencentCloudLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request) => LogId = request.LogId;

    /// <summary>The log, as the caller named it.</summary>
    public string LogId { get; }
}
