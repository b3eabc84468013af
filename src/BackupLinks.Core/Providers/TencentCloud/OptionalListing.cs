using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.TencentCloud;

/// <summary>A list that not every instance has: it is empty where the service refuses it from its beginning.</summary>
/// <typeparam name="T">The kind of entry.</typeparam>
/// <param name="listing">The list.</param>
/// <param name="isRefusal">True for the error of an instance without it.</param>
internal sealed class OptionalListing<T>(IListing<T> listing, Func<ApiException, bool> isRefusal) : IListing<T>
    where T : class
{
    private bool _hasBegun;

    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            var page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            _hasBegun = true;
            return page;
        }
        catch (ApiException e) when (!_hasBegun && isRefusal(e))
        {
            return new ResultPage<T>([], [], HasMore: false);
        }
    }
}
