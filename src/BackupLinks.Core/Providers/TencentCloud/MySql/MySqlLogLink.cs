using BackupLinks.Links;

namespace BackupLinks.TencentCloud.MySql;

/// <summary>
/// The file of a binary log, or of the slow log, of a TencentDB for MySQL instance. Source: Tencent Cloud MySQL API,
/// "DescribeBinlogs" and "DescribeSlowLogs".
/// </summary>
public sealed class MySqlLogLink : TencentCloudLogLink
{
    internal MySqlLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request)
    {
    }
}
