namespace BackupLinks.TencentCloud.PostgreSql;

/// <summary>
/// A TencentDB for PostgreSQL instance. A property is null where the response does not state it. Source: Tencent Cloud
/// PostgreSQL API, "DescribeDBInstances".
/// </summary>
public sealed class PostgreSqlInstance : TencentCloudInstance
{
    internal PostgreSqlInstance(TencentInstanceItem item, PostgreSqlService service, string? region)
        : base(item, service, region)
    {
    }
}
