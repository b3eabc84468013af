using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.PolarDb;

/// <summary>
/// A backup of a PolarDB cluster, which is a snapshot. A property is null where the response does not state it. Source:
/// Alibaba Cloud PolarDB API reference, "DescribeBackups".
/// </summary>
public sealed class PolarDbBackup : AlibabaCloudBackup
{
    internal PolarDbBackup(AlibabaBackupItem item, InstanceReference instance, string? region)
        : base(item, instance, region)
    {
    }

    private protected override bool IsSnapshot => true;
}
