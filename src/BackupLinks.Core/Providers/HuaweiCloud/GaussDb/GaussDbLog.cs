using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <summary>
/// A log of a GaussDB instance: a file of its error log, which the service keeps for 30 days, or its slow log. Source:
/// <c>ListInstanceErrorLogs</c> and <c>CreateSlowLogDownload</c> of the vendor's SDK. The API gives the size in KB.
/// </summary>
public sealed class GaussDbLog : DatabaseLog
{
    internal GaussDbLog(DatabaseLogId id, DatabaseLogItem item, HuaweiScope scope, InstanceReference instance)
        : base(id, item, scope, instance, WireValue.Kilobytes(WireValue.Number(item.FileSize)))
    {
    }
}
