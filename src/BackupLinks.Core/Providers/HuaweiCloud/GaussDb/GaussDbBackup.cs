using System;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <summary>
/// A backup of a GaussDB instance: <c>auto</c> or <c>manual</c>. Its states are <c>BUILDING</c>, <c>COMPLETED</c> and
/// <c>FAILED</c>. Source: Huawei Cloud GaussDB API reference, "Querying Backups" (<c>ListBackups</c>). The API gives
/// the size in MB with a fraction; a small backup may have 0.0, and then <see cref="DatabaseBackup.Size"/> is null.
/// </summary>
public sealed class GaussDbBackup : DatabaseBackup
{
    internal GaussDbBackup(DatabaseBackupItem item, HuaweiScope scope, InstanceReference instance)
        : base(item, scope, instance, TimeSpan.FromHours(8), WireValue.Megabytes(WireValue.Number(item.Size)))
    {
    }
}
