using System.Linq;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>The backups of an instance (<c>DescribeBackups</c>).</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record AlibabaBackupsRequest(
    AlibabaDatabaseService Service, InstanceReference Instance, BackupFilter Filter)
    : AlibabaListRequest<AlibabaBackupsResponse, AlibabaBackupItem, IBackup>
{
    /// <summary>The action.</summary>
    public const string Action = "DescribeBackups";

    /// <summary>The parameter with a node.</summary>
    public const string NodeParameter = "NodeId";

    /// <summary>The node that the list is of; null for an instance of one node.</summary>
    private string? NodeId { get; init; }

    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the backups of {Instance}";

    private protected override JsonTypeInfo<AlibabaBackupsResponse> ResponseType =>
        AlibabaBackupsJson.Default.AlibabaBackupsResponse;

    private protected override int PageSize => Service.BackupPageSize;

    private protected override IListing<IBackup> Open(AlibabaSession session)
    {
        ServiceEndpoint.RequireId(Instance.Id, "instance id");
        return Filter.Apply(
            Service.ClusterAction is null
                ? OpenNode(session, null)
                : new AlternativeListing<IBackup>(
                    [
                        _ => Task.FromResult<IListing<IBackup>?>(OpenNode(session, null)),
                        stop => OpenNodesAsync(session, stop),
                        _ => Task.FromResult<IListing<IBackup>?>(
                            new AlibabaClusterBackupsRequest(Service, Instance, Filter).Open((ServiceSession)session)),
                    ],
                    error => Service.HasNodes && AlibabaErrorCodes.IsOfAnotherKind(error)),
            Instance, session.GetHostTime);
    }

    // The list of backups refuses a cluster, or has nothing of it. Its backups are in the lists of its nodes, or in a
    // list for clusters.
    private async Task<IListing<IBackup>?> OpenNodesAsync(AlibabaSession session, CancellationToken cancellationToken)
    {
        var nodes = await Service.FindNodesAsync(session, Instance.Id, cancellationToken).ConfigureAwait(false);
        return nodes.Count == 0
            ? null : new ListingChain<IBackup>([.. nodes.Select(node => OpenNode(session, node))]);
    }

    // The backups of a node; those of an instance of one node for null.
    private Listing<IBackup> OpenNode(AlibabaSession session, string? node)
    {
        var request = this with { NodeId = node };
        return new Listing<IBackup>(
            request.Page(
                session, Action,
                [
                    (Service.InstanceParameter, Instance.Id), (NodeParameter, node),
                    .. Service.GetTimes(Filter.Since, Filter.Until, session),
                ],
                static backup => backup.BackupId),
            Filter.IsWanted);
    }

    private protected override IBackup? ToResult(AlibabaBackupItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.BackupId) ? null : Service.ToBackup(record.OfNode(NodeId), Instance, region);
}
