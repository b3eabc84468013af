using BackupLinks.Links;

namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>
/// The file of a backup of TDSQL-C. Source: Tencent Cloud TDSQL-C API, "DescribeBackupDownloadUrl".
/// </summary>
public sealed class TdsqlCBackupLink : TencentCloudBackupLink
{
    internal TdsqlCBackupLink(LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request)
        : base(file, origin, request) => IsEncrypted = request.Details.IsEncrypted;

    /// <summary>
    /// True for an encrypted backup; the key is in the Key Management Service of the account. Null for a link that was
    /// requested by the id alone: only the list says it.
    /// </summary>
    public bool? IsEncrypted { get; }
}
