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

    private protected override IListing<ILog> Open(HuaweiSession session, string kind) =>
        Open(session, kind, new NodeList(this, session));

    // The nodes are requested once for all kinds.
    private protected override IEnumerable<IListing<ILog>> Open(HuaweiSession session, IEnumerable<string> kinds)
    {
        var nodes = new NodeList(this, session);
        return kinds.Select(kind => Open(session, kind, nodes));
    }

    private IListing<ILog> Open(HuaweiSession session, string kind, NodeList nodes) => kind switch
    {
        DatabaseLogId.Audit => List(session, kind, "audit-logs", null, DatabaseLogFilesRequest.ZonedText),
        DatabaseLogId.Ddl => new PerNode(nodes, (node, _) => List(
            session, kind, "ddl-log?node_id=" + ServiceEndpoint.QueryValue(node, "node id"), node,
            DatabaseLogFilesRequest.EpochText)),
        _ => new PerNode(nodes, (node, scope) => new Fixed(_ => Task.FromResult<IReadOnlyList<ILog>>(
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

    private sealed class PerNode(NodeList nodes, Func<string, HuaweiScope, IListing<ILog>> open) : IListing<ILog>
    {
        private ListingChain<ILog>? _logs;

        public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
        {
            if (_logs is null)
            {
                var (ids, scope) = await nodes.GetAsync(cancellationToken).ConfigureAwait(false);
                if (ids.Count == 0)
                    return new ResultPage<ILog>([], [], HasMore: false);
                _logs = new ListingChain<ILog>([.. ids.Select(id => open(id, scope))]);
            }

            return await _logs.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // The list of instances does not name the nodes.
    private sealed class NodeList(TaurusDbLogsRequest request, HuaweiSession session)
    {
        private (IReadOnlyList<string> Ids, HuaweiScope Scope)? _nodes;

        public async Task<(IReadOnlyList<string> Ids, HuaweiScope Scope)> GetAsync(CancellationToken cancellationToken)
        {
            _nodes ??= await RequestAsync(cancellationToken).ConfigureAwait(false);
            return _nodes.Value;
        }

        private async Task<(IReadOnlyList<string> Ids, HuaweiScope Scope)> RequestAsync(
            CancellationToken cancellationToken)
        {
            string path = "instances/" + ServiceEndpoint.PathSegment(request.Instance.Id, "instance id");
            var project = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            var response = await project.Service.SendAsync(
                HttpMethod.Get, $"v3/{project.PathSegment}/{path}", null, request.Instance.ToString(),
                TaurusDbJson.Default.TaurusDbDetailResponse, static read => read.Instance is not null,
                cancellationToken)
                .ConfigureAwait(false);
            string[] ids =
                [.. (response?.Instance?.Nodes ?? []).Select(node => WireValue.Text(node?.Id)).OfType<string>()];
            return (ids, new HuaweiScope(session.Region, project.Id));
        }
    }
}
