using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// The first of several lists that has something. A provider has a list for each kind of instance, and the id of an
/// instance does not say its kind.
/// </summary>
/// <param name="alternatives">
/// Opens the lists, in order; each only when those before it have nothing. One that returns null is an empty list.
/// </param>
/// <param name="isRefusal">True for the refusal of an instance of another kind.</param>
internal sealed class AlternativeListing<T>(
    IReadOnlyList<Func<CancellationToken, Task<IListing<T>?>>> alternatives, Func<ApiException, bool> isRefusal)
    : IListing<T>
    where T : class
{
    private IListing<T>? _decided;

    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        if (_decided is not null)
            return await _decided.NextAsync(cancellationToken).ConfigureAwait(false);
        ApiException? refusal = null;
        bool isEmpty = false;
        foreach (var open in alternatives)
        {
            try
            {
                if (await open(cancellationToken).ConfigureAwait(false) is { } listing)
                {
                    var page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
                    if (page.Results.Count > 0 || page.Problems.Count > 0 || page.HasMore)
                    {
                        _decided = listing;
                        return page;
                    }
                }

                isEmpty = true;
            }
            catch (ApiException e) when (isRefusal(e))
            {
                refusal ??= e;
            }
        }

        return isEmpty || refusal is null ? new ResultPage<T>([], [], HasMore: false) : throw refusal;
    }
}
