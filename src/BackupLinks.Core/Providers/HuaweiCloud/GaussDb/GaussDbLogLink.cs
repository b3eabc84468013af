using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <summary>
/// One file of a log of a GaussDB instance. Source: <c>ListInstanceErrorLogs</c> and <c>CreateSlowLogDownload</c> of
/// the vendor's SDK.
/// </summary>
public sealed class GaussDbLogLink : DatabaseLogLink
{
    internal GaussDbLogLink(
        LinkFields file, HuaweiLinkOrigin origin, string instanceId, string logId, DatabaseLogItem item)
        : base(file, origin, instanceId, logId, item)
    {
    }
}
