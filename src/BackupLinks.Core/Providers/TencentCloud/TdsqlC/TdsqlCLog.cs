using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>
/// A binary log of a cluster of TDSQL-C. Source: Tencent Cloud TDSQL-C API, "DescribeBinlogs".
/// </summary>
public sealed class TdsqlCLog : TencentCloudLog
{
    internal TdsqlCLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region)
        : base(id, item, instance, region)
    {
    }
}
