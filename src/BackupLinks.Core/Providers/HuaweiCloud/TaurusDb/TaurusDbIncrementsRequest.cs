using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <summary>
/// The incremental backups of an instance (<c>GET /v3/{project}/instances/{instance}/incremental-backups</c>), which
/// have a list of their own, and sizes in KB.
/// </summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record TaurusDbIncrementsRequest(InstanceReference Instance, BackupFilter Filter)
    : DatabaseBackupsRequest(Instance, Filter)
{
    // "Value range: 10, 20, 50", says the SDK's model.
    private protected override int PageSize => 50;

    private protected override IReadOnlyList<string> Types => [];

    private protected override string ListPath =>
        $"instances/{ServiceEndpoint.PathSegment(Instance.Id, "instance id")}/incremental-backups";

    private protected override IBackup ToBackup(DatabaseBackupItem record, HuaweiScope scope) => new TaurusDbBackup(
        record with { Type = TaurusDbBackupsRequest.Incremental }, scope, Instance,
        WireValue.Kilobytes(WireValue.Number(record.Size)));
}
