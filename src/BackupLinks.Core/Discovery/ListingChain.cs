using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Discovery;

/// <summary>One list after the other.</summary>
internal sealed class ListingChain<T>(IReadOnlyList<IListing<T>> listings) : IListing<T>
{
    private int _current;

    /// <inheritdoc/>
    public async Task<ListResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await listings[_current].NextAsync(cancellationToken).ConfigureAwait(false);
            if (answer.HasMore || _current == listings.Count - 1)
                return answer;
            _current++;
            if (answer.Results.Count > 0 || answer.Problems.Count > 0)
                return answer with { HasMore = true };
        }
    }
}
