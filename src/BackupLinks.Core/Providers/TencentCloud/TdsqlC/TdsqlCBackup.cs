using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>
/// A backup of a cluster of TDSQL-C. Source: Tencent Cloud TDSQL-C API, "DescribeBackupList".
/// </summary>
public sealed class TdsqlCBackup : TencentCloudBackup
{
    internal TdsqlCBackup(TencentBackupFields fields, InstanceReference instance, string? region)
        : base(fields, instance, region)
    {
    }
}
