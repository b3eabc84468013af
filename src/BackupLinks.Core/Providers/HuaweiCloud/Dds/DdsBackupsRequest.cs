using System;
using System.Collections.Generic;
using System.Globalization;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Dds;

/// <inheritdoc/>
internal sealed record DdsBackupsRequest(InstanceReference Instance, BackupFilter Filter)
    : DatabaseBackupsRequest(Instance, Filter)
{
    /// <summary>The types of its page and of the vendor's SDK.</summary>
    public static readonly string[] TypeNames = ["Auto", "Manual", "Incremental"];

    private protected override IReadOnlyList<string> Types => TypeNames;

    private protected override IBackup ToBackup(DatabaseBackupItem record, HuaweiScope scope) =>
        new DdsBackup(record, scope, Instance);

    // "The format is yyyy-mm-dd hh:mm:ss. The value is in UTC format", says the page.
    private protected override string TimeText(DateTimeOffset second) =>
        second.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
