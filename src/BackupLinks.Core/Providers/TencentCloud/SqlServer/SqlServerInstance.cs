namespace BackupLinks.TencentCloud.SqlServer;

/// <summary>
/// A TencentDB for SQL Server instance. A property is null where the response does not state it. Source: Tencent Cloud
/// SQL Server API, "DescribeDBInstances".
/// </summary>
public sealed class SqlServerInstance : TencentCloudInstance
{
    internal SqlServerInstance(TencentInstanceItem item, SqlServerService service, string? region)
        : base(item, service, region)
    {
    }
}
