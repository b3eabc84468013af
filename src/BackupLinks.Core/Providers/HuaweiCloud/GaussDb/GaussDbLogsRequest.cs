using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <inheritdoc/>
internal sealed record GaussDbLogsRequest(InstanceReference Instance, LogFilter Filter)
    : DatabaseLogsRequest(Instance, Filter)
{
    /// <summary>The kinds of the vendor's SDK.</summary>
    public static readonly string[] KindNames = [DatabaseLogId.Error, DatabaseLogId.Slow];

    private protected override IReadOnlyList<string> Kinds => KindNames;

    private protected override IListing<ILog> Open(HuaweiSession session, string kind) => kind == DatabaseLogId.Error
        ? new DatabaseLogFilesRequest(
            Instance, Filter, kind, GaussDbLogLinkRequest.GetErrorPath(session.GetHostTime()),
            (id, item, scope) => new GaussDbLog(id, item, scope, Instance)).Open((ServiceSession)session)
        : Exported(session, scope => [new GaussDbLog(new DatabaseLogId(kind), new(), scope, Instance)]);
}
