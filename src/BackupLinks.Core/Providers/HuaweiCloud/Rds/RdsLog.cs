using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>
/// A log of an RDS instance: error log, slow log, audit log, or extended events of SQL Server (of the kind <c>Run</c>).
/// Source: Huawei Cloud RDS API reference, "Log Information Queries".
/// </summary>
public sealed class RdsLog : DatabaseLog
{
    internal RdsLog(DatabaseLogId id, DatabaseLogItem item, HuaweiScope scope, InstanceReference instance)
        : base(id, item, scope, instance, ToSize(id, item))
    {
    }

    // Files of slow logs have bytes, audit logs and extended events KB.
    private static long? ToSize(DatabaseLogId id, DatabaseLogItem item) => id.Kind == DatabaseLogId.Slow
        ? WireValue.Bytes((long?)WireValue.Number(item.FileSize))
        : WireValue.Kilobytes(WireValue.Number(item.Size ?? item.FileSize));
}
