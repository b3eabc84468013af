using BackupLinks.Links;

namespace BackupLinks.TencentCloud.MariaDb;

/// <summary>
/// The file of a TencentDB for MariaDB backup. Source: Tencent Cloud MariaDB API, "DescribeFileDownloadUrl".
/// </summary>
public sealed class MariaDbBackupLink : TencentCloudBackupLink
{
    internal MariaDbBackupLink(LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request)
        : base(file, origin, request)
    {
    }
}
