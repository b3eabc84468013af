using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>
/// A log file of an ApsaraDB RDS instance: a binary log, a write-ahead log, a log backup of SQL Server, or a file that
/// was exported from the audit. A property is null where the response does not state it. Source: Alibaba Cloud RDS API
/// reference, "DescribeBinlogFiles", "DescribeLogBackupFiles", "DescribeSQLLogFiles".
/// </summary>
public sealed class RdsLog : AlibabaCloudLog
{
    internal RdsLog(AlibabaLogItem item, InstanceReference instance, string? region)
        : base(item, instance, region)
    {
    }
}
