using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Rds;

/// <inheritdoc/>
internal sealed record RdsLogsRequest(InstanceReference Instance, LogFilter Filter)
    : DatabaseLogsRequest(Instance, Filter)
{
    /// <summary>The kinds of its pages.</summary>
    public static readonly string[] KindNames =
        [DatabaseLogId.Error, DatabaseLogId.Slow, DatabaseLogId.Audit, DatabaseLogId.Xel];

    // "Value range: 1 to 50", says the page of the audit logs.
    private const int AuditLimit = 50;

    private protected override IReadOnlyList<string> Kinds => KindNames;

    private protected override IListing<ILog> Open(HuaweiSession session, string kind) => kind switch
    {
        DatabaseLogId.Audit => (List(kind, "auditlog") with
        {
            Limit = AuditLimit, TimeText = DatabaseLogFilesRequest.ZonedText,
        }).Open((ServiceSession)session),
        DatabaseLogId.Xel => List(kind, "xellog-files").Open((ServiceSession)session),
        // SQL Server has files of slow logs; the other engines have one slow log.
        DatabaseLogId.Slow => new Slow(
            List(kind, "slowlog-files").Open((ServiceSession)session), Instances(session, kind)),
        _ => Instances(session, kind),
    };

    private DatabaseLogFilesRequest List(string kind, string path) =>
        new(Instance, Filter, kind, path, (id, item, scope) => new RdsLog(id, item, scope, Instance));

    private IListing<ILog> Instances(HuaweiSession session, string kind) =>
        Exported(session, scope => [new RdsLog(new DatabaseLogId(kind), new DatabaseLogItem(), scope, Instance)]);

    private sealed class Slow(IListing<ILog> files, IListing<ILog> whole) : IListing<ILog>
    {
        public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
        {
            try
            {
                var page = await files.NextAsync(cancellationToken).ConfigureAwait(false);
                if (page.Results.Count > 0 || page.Problems.Count > 0)
                    return page;
            }
            catch (ApiException e) when (IsAbsent(e))
            {
                // The engine has none.
            }

            return await whole.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
