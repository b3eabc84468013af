using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// The first of several lists that has something. A provider has a list for each kind of instance, and the id of an
/// instance does not say its kind. A refusal that does not say either is an error, unless a list has something, or the
/// instance is known to be of another kind.
/// </summary>
/// <param name="alternatives">The lists, in order; each is opened only when those before it have nothing.</param>
/// <param name="isRefusal">True for what may be the refusal of an instance of another kind.</param>
/// <param name="isOfAnotherKind">True for what is one.</param>
internal sealed class AlternativeListing<T>(
    IReadOnlyList<Alternative<T>> alternatives, Func<ApiException, bool> isRefusal,
    Func<ApiException, bool> isOfAnotherKind) : IListing<T>
    where T : class
{
    private IListing<T>? _decided;

    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        if (_decided is not null)
            return await _decided.NextAsync(cancellationToken).ConfigureAwait(false);
        var refusals = new List<(Alternative<T> List, ApiException Error)>();
        foreach (var alternative in alternatives)
        {
            try
            {
                if (await alternative.Open(cancellationToken).ConfigureAwait(false) is { } listing)
                {
                    var page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
                    if (page.Results.Count > 0 || page.Problems.Count > 0 || page.HasMore)
                    {
                        _decided = listing;
                        return page;
                    }
                }
            }
            catch (ApiException e) when (isRefusal(e))
            {
                refusals.Add((alternative, e));
            }
        }

        foreach (var (list, error) in refusals)
        {
            if (!isOfAnotherKind(error) && await list.MayBeForInstance(cancellationToken).ConfigureAwait(false))
                throw error;
        }

        return refusals.Count == 0 || refusals.Count < alternatives.Count
            ? new ResultPage<T>([], [], HasMore: false) : throw refusals[0].Error;
    }
}
