using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>
/// A log of a DDS instance: error log, slow log or audit log. Source: Huawei Cloud DDS API reference, "Log Information
/// Queries". The API gives the size of audit logs in bytes.
/// </summary>
public sealed class DdsLog : DatabaseLog
{
    internal DdsLog(DatabaseLogId id, DatabaseLogItem item, HuaweiScope scope, InstanceReference instance)
        : base(id, item, scope, instance, WireValue.Bytes((long?)WireValue.Number(item.Size)))
    {
    }
}
