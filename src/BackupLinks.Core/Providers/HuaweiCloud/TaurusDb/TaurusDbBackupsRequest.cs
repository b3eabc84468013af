using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <inheritdoc/>
internal sealed record TaurusDbBackupsRequest(InstanceReference Instance, BackupFilter Filter)
    : DatabaseBackupsRequest(Instance, Filter)
{
    /// <summary>The type of the list of incremental backups, which has no word for it.</summary>
    public const string Incremental = "incremental";

    /// <summary>The types of its page, and the incremental ones.</summary>
    public static readonly string[] TypeNames = ["auto", "manual", Incremental];

    private protected override IReadOnlyList<string> Types => TypeNames;

    private protected override ServiceRequest<IBackup>? FindRequest(string type) => type == Incremental
        ? new TaurusDbIncrementsRequest(Instance, Filter with { Types = [], Latest = false }) : null;

    private protected override IBackup ToBackup(DatabaseBackupItem record, HuaweiScope scope) => new TaurusDbBackup(
        record, scope, Instance, WireValue.Megabytes(WireValue.Number(record.Size)));
}
