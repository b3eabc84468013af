using BackupLinks.Links;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A file of a backup of a database service of Tencent Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class TencentCloudBackupLink : TencentCloudLink
{
    private protected TencentCloudBackupLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request)
        : base(file, origin, request) => BackupId = request.BackupId;

    /// <summary>The backup.</summary>
    public string BackupId { get; }
}
