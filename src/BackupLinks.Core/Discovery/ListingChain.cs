using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Discovery;

/// <summary>One list after the other.</summary>
internal sealed class ListingChain<T>(IReadOnlyList<IListing<T>> listings) : IListing<T>
    where T : class
{
    private int _current;

    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await listings[_current].NextAsync(cancellationToken).ConfigureAwait(false);
            if (page.HasMore || _current == listings.Count - 1)
                return page;
            _current++;
            if (page.Results.Count > 0 || page.Problems.Count > 0)
                return new ResultPage<T>(page.Results, page.Problems, HasMore: true, page.Remark);
        }
    }
}
