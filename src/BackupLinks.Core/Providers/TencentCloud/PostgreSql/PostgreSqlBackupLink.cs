using BackupLinks.Links;

namespace BackupLinks.TencentCloud.PostgreSql;

/// <summary>
/// The file of a base backup of TencentDB for PostgreSQL. Source: Tencent Cloud PostgreSQL API,
/// "DescribeBackupDownloadURL".
/// </summary>
public sealed class PostgreSqlBackupLink : TencentCloudBackupLink
{
    internal PostgreSqlBackupLink(LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request)
        : base(file, origin, request) => ValidHours = request.ValidHours;

    /// <summary>The hours that it was requested for; null for the lifetime of the service, 12 hours.</summary>
    public int? ValidHours { get; }
}
