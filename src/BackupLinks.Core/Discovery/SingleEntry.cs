using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// The one entry of a list that was requested by its id, whether or not the service heeds the id; its absence is
/// an error.
/// </summary>
/// <param name="pager">Gets the pages.</param>
/// <param name="isIt">True for the requested entry.</param>
/// <param name="isWanted">True when that entry matches the other filters.</param>
/// <param name="absent">Makes the error.</param>
internal sealed class SingleEntry<T>(
    Pager<T> pager, Func<T, bool> isIt, Func<T, bool> isWanted, Func<ApiException> absent) : IListing<T>
    where T : class
{
    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        while (!pager.IsAtEnd)
        {
            var page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);
            if (page.Entries.OfType<T>().FirstOrDefault(isIt) is { } entry)
                return new ResultPage<T>(isWanted(entry) ? [entry] : [], [], HasMore: false);
        }

        throw absent();
    }
}
