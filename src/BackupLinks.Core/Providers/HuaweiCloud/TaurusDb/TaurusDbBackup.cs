using System;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <summary>
/// A backup of a TaurusDB instance: <c>auto</c>, <c>manual</c>, or <c>incremental</c>, which is listed when it is
/// requested, and has no state. The states of the others are <c>BUILDING</c>, <c>COMPLETED</c>, <c>FAILED</c> and
/// <c>AVAILABLE</c>. Source: Huawei Cloud TaurusDB API reference, "Querying Backups" (<c>ShowGaussMySqlBackupList</c>),
/// and <c>ShowGaussMySqlIncrementalBackupList</c> of the vendor's SDK.
/// </summary>
public sealed class TaurusDbBackup : DatabaseBackup, IObstructed
{
    internal TaurusDbBackup(DatabaseBackupItem item, HuaweiScope scope, InstanceReference instance, long? size)
        : base(item, scope, instance, TimeSpan.FromHours(8), size)
    {
    }

    /// <summary>Always false: the service has no API for links of backups.</summary>
    public override bool IsDownloadable => false;

    /// <summary>Why there is no link, and where the backup can be downloaded.</summary>
    public string LinkObstacle { get; } = TaurusDbService.NoBackupLinks;
}
