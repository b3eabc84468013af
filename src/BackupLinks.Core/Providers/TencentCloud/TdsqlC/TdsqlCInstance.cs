namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>
/// A cluster of TDSQL-C. A property is null where the response does not state it. Source: Tencent Cloud
/// TDSQL-C API, "DescribeClusters".
/// </summary>
public sealed class TdsqlCInstance : TencentCloudInstance
{
    internal TdsqlCInstance(TencentInstanceItem item, TdsqlCService service, string? region)
        : base(item, service, region)
    {
    }
}
