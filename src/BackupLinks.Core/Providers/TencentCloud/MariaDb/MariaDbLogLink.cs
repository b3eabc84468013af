using BackupLinks.Links;

namespace BackupLinks.TencentCloud.MariaDb;

/// <summary>
/// The file of a log of a TencentDB for MariaDB instance. Source: Tencent Cloud MariaDB API,
/// "DescribeFileDownloadUrl".
/// </summary>
public sealed class MariaDbLogLink : TencentCloudLogLink
{
    internal MariaDbLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request)
    {
    }
}
