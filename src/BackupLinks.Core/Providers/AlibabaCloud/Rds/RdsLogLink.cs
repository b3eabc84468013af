using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>
/// A log file of an RDS instance. Source: Alibaba Cloud RDS API reference, "DescribeBinlogFiles",
/// "DescribeLogBackupFiles", "DescribeSQLLogFiles".
/// </summary>
public sealed class RdsLogLink : AlibabaCloudLogLink
{
    internal RdsLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item)
        : base(file, origin, request, item)
    {
    }
}
