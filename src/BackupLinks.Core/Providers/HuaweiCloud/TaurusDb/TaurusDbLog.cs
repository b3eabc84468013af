using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <summary>
/// A log of a TaurusDB instance: error log or slow log of a node, audit log, or DDL log of a node. Source: the models
/// of the vendor's SDK. The API gives the size of audit logs in KB, and that of DDL logs in bytes.
/// </summary>
public sealed class TaurusDbLog : DatabaseLog
{
    internal TaurusDbLog(DatabaseLogId id, DatabaseLogItem item, HuaweiScope scope, InstanceReference instance)
        : base(id, item, scope, instance, ToSize(id, item))
    {
    }

    private static long? ToSize(DatabaseLogId id, DatabaseLogItem item) => id.Kind == DatabaseLogId.Ddl
        ? WireValue.Bytes((long?)WireValue.Number(item.FileSize))
        : WireValue.Kilobytes(WireValue.Number(item.Size));
}
