using BackupLinks.Links;

namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>
/// The file of a backup of TDSQL-C. Source: Tencent Cloud TDSQL-C API, "DescribeBackupDownloadUrl".
/// </summary>
public sealed class TdsqlCBackupLink : TencentCloudBackupLink
{
    internal TdsqlCBackupLink(LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request)
        : base(file, origin, request)
    {
    }
}
