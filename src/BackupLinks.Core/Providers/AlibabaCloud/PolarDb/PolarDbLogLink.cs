using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud.PolarDb;

/// <summary>
/// A log backup of a PolarDB cluster. Source: Alibaba Cloud PolarDB API reference, "DescribeBackupLogs".
/// </summary>
public sealed class PolarDbLogLink : AlibabaCloudLogLink
{
    internal PolarDbLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item)
        : base(file, origin, request, item)
    {
    }
}
