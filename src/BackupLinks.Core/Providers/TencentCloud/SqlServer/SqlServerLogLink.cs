using BackupLinks.Links;

namespace BackupLinks.TencentCloud.SqlServer;

/// <summary>
/// The file of a backup of the log of a TencentDB for SQL Server instance. Source: Tencent Cloud SQL Server API,
/// "DescribeBackups".
/// </summary>
public sealed class SqlServerLogLink : TencentCloudLogLink
{
    internal SqlServerLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request)
    {
    }
}
