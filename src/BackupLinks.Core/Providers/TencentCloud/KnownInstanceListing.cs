using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A list that has nothing of an instance that the service does not know: the list of instances tells such an instance
/// from one without backups.
/// </summary>
/// <param name="listing">The list.</param>
/// <param name="service">The service.</param>
/// <param name="instance">The instance.</param>
/// <param name="session">The session.</param>
internal sealed class KnownInstanceListing<T>(
    IListing<T> listing, TencentDatabaseService service, InstanceReference instance, TencentSession session)
    : IListing<T>
    where T : class
{
    private bool _isKnown;

    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        var page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
        if (!_isKnown && page.Results.Count == 0 && page.Problems.Count == 0 && !page.HasMore)
            await RequireAsync(cancellationToken).ConfigureAwait(false);
        _isKnown = true;
        return page;
    }

    private async Task RequireAsync(CancellationToken cancellationToken)
    {
        var call = service.GetInstancesCall(instance.Id);
        var response = await session.SendAsync(
            call.Action, call.Parameters, instance.ToString(),
            TencentInstancesJson.Default.TencentEnvelopeTencentInstancesResponse, static _ => true, cancellationToken)
            .ConfigureAwait(false);
        if (response?.Records is { Count: 0 })
            throw session.Absent(instance.ToString());
    }
}
