using BackupLinks.Links;

namespace BackupLinks.TencentCloud.PostgreSql;

/// <summary>
/// The file of a log backup of TencentDB for PostgreSQL. Source: Tencent Cloud PostgreSQL API,
/// "DescribeBackupDownloadURL".
/// </summary>
public sealed class PostgreSqlLogLink : TencentCloudLogLink
{
    internal PostgreSqlLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request) => ValidHours = request.ValidHours;

    /// <summary>The hours that it was requested for; null for the lifetime of the service, 12 hours.</summary>
    public int? ValidHours { get; }
}
