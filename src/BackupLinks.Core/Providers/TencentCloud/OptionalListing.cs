using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A list that the caller did not name. It is empty where the service refuses it: not every instance, region and key
/// has an audit.
/// </summary>
/// <typeparam name="T">The kind of entry.</typeparam>
/// <param name="listing">The list.</param>
internal sealed class OptionalListing<T>(IListing<T> listing) : IListing<T>
    where T : class
{
    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await listing.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind is ErrorKind.InvalidRequest or ErrorKind.AccessDenied or ErrorKind.Conflict)
        {
            return new ResultPage<T>([], [], HasMore: false);
        }
    }
}
