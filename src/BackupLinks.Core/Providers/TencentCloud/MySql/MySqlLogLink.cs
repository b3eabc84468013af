using BackupLinks.Links;

namespace BackupLinks.TencentCloud.MySql;

/// <summary>
/// The file of a binary log, of the slow log, or one that was exported from the audit, of a TencentDB for MySQL
/// instance. Source: Tencent Cloud MySQL API, "DescribeBinlogs", "DescribeSlowLogs" and "DescribeAuditLogFiles".
/// </summary>
public sealed class MySqlLogLink : TencentCloudLogLink
{
    internal MySqlLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request)
    {
    }
}
