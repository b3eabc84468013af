using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Dds;

/// <inheritdoc/>
internal sealed record DdsLogsRequest(InstanceReference Instance, LogFilter Filter)
    : DatabaseLogsRequest(Instance, Filter)
{
    /// <summary>The kinds of its pages.</summary>
    public static readonly string[] KindNames = [DatabaseLogId.Error, DatabaseLogId.Slow, DatabaseLogId.Audit];

    private protected override IReadOnlyList<string> Kinds => KindNames;

    private protected override IListing<ILog> Open(HuaweiSession session, string kind) => kind == DatabaseLogId.Audit
        ? new DatabaseLogFilesRequest(
            Instance, Filter, kind, "auditlog", (id, item, scope) => new DdsLog(id, item, scope, Instance))
        {
            TimeText = DatabaseLogFilesRequest.ZonedText,
        }.Open((ServiceSession)session)
        : Exported(session, scope => [new DdsLog(new DatabaseLogId(kind), new DatabaseLogItem(), scope, Instance)]);
}
