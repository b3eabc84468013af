using System;
using System.Collections.Generic;
using System.Linq;
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

    // Words of the list of instances; of any other word, all is requested.
    private const string MySql = "MySQL";
    private const string PostgreSql = "PostgreSQL";
    private const string SqlServer = "SQLServer";
    private const string MariaDb = "MariaDB";

    // The page of the error log is that of PostgreSQL, the page of the audit logs that of MySQL and PostgreSQL, and
    // the page of the extended events that of SQL Server.
    private protected override bool HasKind(string kind) => kind switch
    {
        DatabaseLogId.Error => !IsEngine(MySql, SqlServer, MariaDb),
        DatabaseLogId.Audit => !IsEngine(SqlServer, MariaDb),
        DatabaseLogId.Xel => !IsEngine(MySql, PostgreSql, MariaDb),
        _ => true,
    };

    private protected override IListing<ILog> Open(HuaweiSession session, string kind) => kind switch
    {
        DatabaseLogId.Audit => (List(kind, "auditlog") with
        {
            Limit = AuditLimit, TimeText = DatabaseLogFilesRequest.ZonedText,
        }).Open((ServiceSession)session),
        DatabaseLogId.Xel => List(kind, "xellog-files").Open((ServiceSession)session),
        DatabaseLogId.Error when !HasKind(kind) =>
            new Nothing("has no error log to download: the API has those of PostgreSQL alone"),
        DatabaseLogId.Slow when !IsEngine(MySql, PostgreSql, MariaDb) => new Slow(
            toLog => List(kind, "slowlog-files", toLog).Open((ServiceSession)session), ToLog,
            Instances(session, kind), hasFiles: IsEngine(SqlServer)),
        _ => Instances(session, kind),
    };

    private bool IsEngine(params string[] names) => names.Contains(Instance.Engine, StringComparer.OrdinalIgnoreCase);

    private RdsLog ToLog(DatabaseLogId id, DatabaseLogItem item, HuaweiScope scope) =>
        new RdsLog(id, item, scope, Instance);

    private DatabaseLogFilesRequest List(
        string kind, string path, Func<DatabaseLogId, DatabaseLogItem, HuaweiScope, ILog>? toLog = null) =>
        new(Instance, Filter, kind, path, toLog ?? ToLog);

    private IListing<ILog> Instances(HuaweiSession session, string kind) =>
        Exported(session, scope => [new RdsLog(new DatabaseLogId(kind), new DatabaseLogItem(), scope, Instance)]);

    private sealed class Nothing(string remark) : IListing<ILog>
    {
        public Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IResultPage<ILog>>(new ResultPage<ILog>([], [], HasMore: false, remark));
    }

    // SQL Server has files of slow logs; the other engines have one slow log.
    private sealed class Slow : IListing<ILog>
    {
        private readonly IListing<ILog> _files;
        private readonly IListing<ILog> _whole;
        private bool _hasFiles;

        public Slow(
            Func<Func<DatabaseLogId, DatabaseLogItem, HuaweiScope, ILog>, IListing<ILog>> list,
            Func<DatabaseLogId, DatabaseLogItem, HuaweiScope, ILog> toLog, IListing<ILog> whole, bool hasFiles)
        {
            (_whole, _hasFiles) = (whole, hasFiles);
            // Also a file that a filter leaves out is one.
            _files = list((id, item, scope) =>
            {
                _hasFiles = true;
                return toLog(id, item, scope);
            });
        }

        public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
        {
            try
            {
                var page = await _files.NextAsync(cancellationToken).ConfigureAwait(false);
                if (_hasFiles || page.Problems.Count > 0)
                    return page;
            }
            catch (ApiException e) when (!_hasFiles && IsAbsent(e))
            {
                // The engine has none.
            }

            return await _whole.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
