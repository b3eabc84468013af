using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// The one entry of a list that was asked for by its id, whether or not the service heeds the id; that it is not there is
/// an error.
/// </summary>
/// <param name="pager">Gets the pages.</param>
/// <param name="isIt">True for the entry that was asked for.</param>
/// <param name="isWanted">True when that entry is wanted, going by the rest of what was asked.</param>
/// <param name="absent">Makes the error.</param>
internal sealed class SingleEntry<T>(Pager<T> pager, Func<T, bool> isIt, Func<T, bool> isWanted, Func<ApiException> absent) : IListing<T>
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
