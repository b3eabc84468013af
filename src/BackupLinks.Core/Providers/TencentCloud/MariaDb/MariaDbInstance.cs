namespace BackupLinks.TencentCloud.MariaDb;

/// <summary>
/// A TencentDB for MariaDB instance, or one of TDSQL for MySQL. A property is null where the response does not state
/// it. Source: Tencent Cloud MariaDB API, "DescribeDBInstances".
/// </summary>
public sealed class MariaDbInstance : TencentCloudInstance
{
    internal MariaDbInstance(TencentInstanceItem item, MariaDbService service, string? region)
        : base(item, service, region)
    {
    }
}
