using BackupLinks.Links;

namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>
/// The file of a binary log of TDSQL-C. Source: Tencent Cloud TDSQL-C API, "DescribeBinlogDownloadUrl".
/// </summary>
public sealed class TdsqlCLogLink : TencentCloudLogLink
{
    internal TdsqlCLogLink(LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request)
        : base(file, origin, request)
    {
    }
}
