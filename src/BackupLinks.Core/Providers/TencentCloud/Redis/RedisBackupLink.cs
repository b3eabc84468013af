using BackupLinks.Links;

namespace BackupLinks.TencentCloud.Redis;

/// <summary>
/// A file of a TencentDB for Redis backup, one for each shard. Source: Tencent Cloud Redis API, "DescribeBackupUrl".
/// </summary>
public sealed class RedisBackupLink : TencentCloudBackupLink
{
    internal RedisBackupLink(LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request)
        : base(file, origin, request) => IsEncrypted = request.Details.IsEncrypted;

    /// <summary>
    /// True for an encrypted backup; <c>DescribeBackupDetail</c> of the provider's API returns its key. Null for a link
    /// that was requested by the id alone: only the list says it.
    /// </summary>
    public bool? IsEncrypted { get; }
}
