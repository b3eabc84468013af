using System;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <summary>
/// A backup of a TaurusDB instance: <c>auto</c> or <c>manual</c>. Its states are <c>BUILDING</c>, <c>COMPLETED</c>,
/// <c>FAILED</c> and <c>AVAILABLE</c>. Source: Huawei Cloud TaurusDB API reference, "Querying Backups"
/// (<c>ShowGaussMySqlBackupList</c>). The API gives the size in MB.
/// </summary>
public sealed class TaurusDbBackup : DatabaseBackup
{
    internal TaurusDbBackup(DatabaseBackupItem item, HuaweiScope scope, InstanceReference instance)
        : base(item, scope, instance, TimeSpan.FromHours(8), WireValue.Megabytes(WireValue.Number(item.Size)))
    {
    }

    /// <summary>Always false: the service has no API for links of backups.</summary>
    public override bool IsDownloadable => false;

    /// <summary>Why there is no link, and where the backup can be downloaded.</summary>
    public string LinkObstacle { get; } = TaurusDbService.NoBackupLinks;
}
