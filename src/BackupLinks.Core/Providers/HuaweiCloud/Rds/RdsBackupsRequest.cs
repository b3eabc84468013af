using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Rds;

/// <inheritdoc/>
internal sealed record RdsBackupsRequest(InstanceReference Instance, BackupFilter Filter)
    : DatabaseBackupsRequest(Instance, Filter)
{
    /// <summary>The types of its page.</summary>
    public static readonly string[] TypeNames = ["auto", "manual", "fragment", "incremental"];

    private protected override IReadOnlyList<string> Types => TypeNames;

    private protected override IBackup ToBackup(DatabaseBackupItem record, HuaweiScope scope) =>
        new RdsBackup(record, scope, Instance);
}
