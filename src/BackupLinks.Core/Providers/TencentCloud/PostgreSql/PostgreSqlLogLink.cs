using BackupLinks.Links;

namespace BackupLinks.TencentCloud.PostgreSql;

/// <summary>
/// The file of a log backup of TencentDB for PostgreSQL. Source: Tencent Cloud PostgreSQL API,
/// "DescribeBackupDownloadURL".
/// </summary>
public sealed class PostgreSqlLogLink : TencentCloudLogLink
{
    internal PostgreSqlLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request)
    {
    }
}
