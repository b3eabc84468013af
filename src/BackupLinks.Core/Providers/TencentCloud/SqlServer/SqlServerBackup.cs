using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.SqlServer;

/// <summary>
/// A backup of a TencentDB for SQL Server instance: one file, or a file for each database. Source: Tencent Cloud SQL
/// Server API, "DescribeBackups".
/// </summary>
public sealed class SqlServerBackup : TencentCloudBackup
{
    internal SqlServerBackup(
        TencentBackupFields fields, TencentBackupItem item, InstanceReference instance, string? region)
        : base(fields, instance, region) => Databases = [.. (item.DBs ?? []).OfType<string>()];

    /// <summary>The databases in it; empty for all of them.</summary>
    public IReadOnlyList<string> Databases { get; }
}
