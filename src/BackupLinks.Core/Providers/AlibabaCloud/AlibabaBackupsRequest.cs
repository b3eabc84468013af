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
            Service.ClusterAction is null ? OpenNode(session, null) : OpenAlternatives(session), Instance,
            Service.BackupWords.IncrementalTypes, session.GetHostTime);
    }

    // The list of backups refuses a cluster, or has nothing of it. Its backups are in the lists of its nodes, or in a
    // list for clusters.
    private AlternativeListing<IBackup> OpenAlternatives(AlibabaSession session)
    {
        bool isCluster = false;
        return new AlternativeListing<IBackup>(
            [
                Alternative<IBackup>.Of(() => OpenNode(session, null)) with
                {
                    MayBeForInstance = _ => Task.FromResult(!isCluster),
                },
                new(OpenNodesAsync),
                Alternative<IBackup>.Of(
                    () => new AlibabaClusterBackupsRequest(Service, Instance, Filter).Open((ServiceSession)session))
                    with
                {
                    MayBeForInstance = _ => Task.FromResult(isCluster),
                },
            ],
            error => Service.HasNodes && AlibabaErrorCodes.MayBeOfAnotherKind(error),
            AlibabaErrorCodes.IsOfAnotherKind);

        async Task<IListing<IBackup>?> OpenNodesAsync(CancellationToken stop)
        {
            var nodes = await Service.FindNodesAsync(session, Instance.Id, stop).ConfigureAwait(false);
            isCluster = nodes.Count > 0;
            return isCluster ? new ListingChain<IBackup>([.. nodes.Select(node => OpenNode(session, node))]) : null;
        }
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
