using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <inheritdoc/>
internal sealed record TaurusDbLogsRequest(InstanceReference Instance, LogFilter Filter)
    : DatabaseLogsRequest(Instance, Filter)
{
    /// <summary>The kinds of the vendor's SDK.</summary>
    public static readonly string[] KindNames =
        [DatabaseLogId.Error, DatabaseLogId.Slow, DatabaseLogId.Audit, DatabaseLogId.Ddl];

    private protected override IReadOnlyList<string> Kinds => KindNames;

    private protected override IListing<ILog> Open(HuaweiSession session, string kind) => kind switch
    {
        DatabaseLogId.Audit => List(session, kind, "audit-logs", null, DatabaseLogFilesRequest.ZonedText),
        DatabaseLogId.Ddl => new PerNode(this, session, (node, _) => List(
            session, kind, "ddl-log?node_id=" + ServiceEndpoint.QueryValue(node, "node id"), node,
            DatabaseLogFilesRequest.EpochText)),
        _ => new PerNode(this, session, (node, scope) => new Fixed(_ => Task.FromResult<IReadOnlyList<ILog>>(
        [
            .. new[] { new TaurusDbLog(new(kind, node), new() { NodeId = node }, scope, Instance) }
                .Where(Filter.IsWanted),
        ]))),
    };

    private IListing<ILog> List(
        HuaweiSession session, string kind, string path, string? node, Func<DateTimeOffset, string> timeText) =>
        new DatabaseLogFilesRequest(
            Instance, Filter, kind, path,
            (id, item, scope) => new TaurusDbLog(id, item with { NodeId = node }, scope, Instance))
        {
            TimeText = timeText,
        }.Open((ServiceSession)session);

    // The list of instances does not name the nodes.
    private sealed class PerNode(
        TaurusDbLogsRequest request, HuaweiSession session, Func<string, HuaweiScope, IListing<ILog>> open)
        : IListing<ILog>
    {
        private IListing<ILog>? _logs;

        public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
        {
            _logs ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            return _logs is null
                ? new ResultPage<ILog>([], [], HasMore: false)
                : await _logs.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        private async Task<IListing<ILog>?> OpenAsync(CancellationToken cancellationToken)
        {
            string path = "instances/" + ServiceEndpoint.PathSegment(request.Instance.Id, "instance id");
            var project = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            var response = await project.Service.SendAsync(
                HttpMethod.Get, $"v3/{project.PathSegment}/{path}", null, request.Instance.ToString(),
                TaurusDbJson.Default.TaurusDbDetailResponse, static read => read.Instance is not null,
                cancellationToken)
                .ConfigureAwait(false);
            var scope = new HuaweiScope(session.Region, project.Id);
            IListing<ILog>[] nodes =
            [
                .. (response?.Instance?.Nodes ?? []).Select(node => WireValue.Text(node?.Id)).OfType<string>()
                    .Select(node => open(node, scope)),
            ];
            return nodes.Length == 0 ? null : new ListingChain<ILog>(nodes);
        }
    }
}
