using BackupLinks.Links;

namespace BackupLinks.TencentCloud.SqlServer;

/// <summary>
/// A file of a TencentDB for SQL Server backup: all of it, or one database. Source: Tencent Cloud SQL Server API,
/// "DescribeBackups" and "DescribeBackupFiles".
/// </summary>
public sealed class SqlServerBackupLink : TencentCloudBackupLink
{
    internal SqlServerBackupLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item)
        : base(file, origin, request) => DatabaseName = item.Part;

    /// <summary>The database in the file; null for all of the backup.</summary>
    public string? DatabaseName { get; }
}
