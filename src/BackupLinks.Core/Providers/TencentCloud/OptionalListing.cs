using System;
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
        catch (ApiException e) when (!_hasBegun && IsRefusal(e))
        {
            return new ResultPage<T>([], [], HasMore: false);
        }
    }

    // An instance without an audit may have any kind of code; its word says what it is about.
    private static bool IsRefusal(ApiException error) =>
        error.Kind is ErrorKind.InvalidRequest or ErrorKind.AccessDenied or ErrorKind.Conflict or ErrorKind.NotFound
        || error.ErrorCode?.IndexOf("Audit", StringComparison.OrdinalIgnoreCase) >= 0;
}
