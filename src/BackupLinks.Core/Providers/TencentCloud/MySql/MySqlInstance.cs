namespace BackupLinks.TencentCloud.MySql;

/// <summary>
/// A TencentDB for MySQL instance. A property is null where the response does not state it. Source: Tencent Cloud MySQL
/// API, "DescribeDBInstances".
/// </summary>
public sealed class MySqlInstance : TencentCloudInstance
{
    internal MySqlInstance(TencentInstanceItem item, MySqlService service, string? region)
        : base(item, service, region)
    {
    }
}
