using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// The backups of an instance whose kind is not known. The list of backups has those of an instance of one node, and
/// refuses or has nothing of a cluster. Those are in the lists of its nodes, or in a list for clusters.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="session">The session.</param>
internal sealed class AlibabaBackupListing(AlibabaBackupsRequest request, AlibabaSession session) : IListing<IBackup>
{
    private IListing<IBackup> _current = request.OpenNode(session, null);
    private bool _isDecided;

    /// <summary>True for the refusal of a cluster by the list for other instances.</summary>
    public static bool IsOfCluster(AlibabaDatabaseService service, ApiException error) =>
        service.HasNodes && error.Kind == ErrorKind.InvalidRequest && error.StatusCode is not null;

    /// <inheritdoc/>
    public async Task<IResultPage<IBackup>> NextAsync(CancellationToken cancellationToken)
    {
        if (_isDecided)
            return await _current.NextAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var page = await _current.NextAsync(cancellationToken).ConfigureAwait(false);
            _isDecided = page.Results.Count > 0 || page.Problems.Count > 0 || page.HasMore;
            if (_isDecided)
                return page;
        }
        catch (ApiException e) when (IsOfCluster(request.Service, e))
        {
            // Its nodes have lists of their own.
        }

        _isDecided = true;
        _current = await OpenOthersAsync(cancellationToken).ConfigureAwait(false);
        return await _current.NextAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IListing<IBackup>> OpenOthersAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> nodes = request.Service.HasNodes
            ? await request.Service.FindNodesAsync(session, request.Instance.Id, cancellationToken)
                .ConfigureAwait(false)
            : [];
        return nodes.Count > 0
            ? new ListingChain<IBackup>([.. nodes.Select(node => request.OpenNode(session, node))])
            : new AlibabaClusterBackupsRequest(request.Service, request.Instance, request.Filter).Open(
                (Providers.ServiceSession)session);
    }
}
