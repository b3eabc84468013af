using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// The one entry of some lists that was requested by its id, whether or not the service heeds the id; its absence is
/// an error.
/// </summary>
/// <param name="pagers">Get the pages of one list after the other.</param>
/// <param name="isIt">True for the requested entry.</param>
/// <param name="isWanted">True when that entry matches the other filters.</param>
/// <param name="absent">Makes the error.</param>
internal sealed class SingleEntry<T>(
    IReadOnlyList<Pager<T>> pagers, Func<T, bool> isIt, Func<T, bool> isWanted, Func<ApiException> absent) : IListing<T>
    where T : class
{
    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        ApiException? absence = null;
        foreach (var pager in pagers)
        {
            try
            {
                if (await FindAsync(pager, cancellationToken).ConfigureAwait(false) is { } entry)
                    return new ResultPage<T>(isWanted(entry) ? [entry] : [], [], HasMore: false);
            }
            catch (ApiException e) when (e.Kind == ErrorKind.NotFound)
            {
                // Another list may have it.
                absence ??= e;
            }
        }

        throw absence ?? absent();
    }

    private async Task<T?> FindAsync(Pager<T> pager, CancellationToken cancellationToken)
    {
        while (!pager.IsAtEnd)
        {
            var page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);
            if (page.Entries.OfType<T>().FirstOrDefault(isIt) is { } entry)
                return entry;
        }

        return null;
    }
}
