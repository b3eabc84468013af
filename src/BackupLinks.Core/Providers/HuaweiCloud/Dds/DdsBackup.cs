using System;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>
/// A backup of a DDS instance: <c>Auto</c>, <c>Manual</c> or <c>Incremental</c>. Its states are <c>BUILDING</c>,
/// <c>COMPLETED</c>, <c>FAILED</c> and <c>DISABLED</c>, which is being deleted. Source: Huawei Cloud DDS API reference,
/// "Querying the Backup List" (<c>ListBackups</c>). The API gives the size in KB and the times in UTC.
/// </summary>
public sealed class DdsBackup : DatabaseBackup
{
    internal DdsBackup(DatabaseBackupItem item, HuaweiScope scope, InstanceReference instance)
        : base(item, scope, instance, TimeSpan.Zero, WireValue.Kilobytes(WireValue.Number(item.Size)))
    {
    }
}
