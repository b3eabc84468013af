using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Discovery;

/// <summary>One list, and another where the first has nothing.</summary>
/// <param name="first">The list that is read first.</param>
/// <param name="other">The list that is read where the first has nothing.</param>
internal sealed class ListingOrElse<T>(IListing<T> first, IListing<T> other) : IListing<T>
    where T : class
{
    private IListing<T> _current = first;
    private bool _hasFound;

    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        var page = await _current.NextAsync(cancellationToken).ConfigureAwait(false);
        _hasFound |= page.Results.Count > 0 || page.Problems.Count > 0;
        if (_hasFound || page.HasMore || _current == other)
            return page;
        _current = other;
        return await other.NextAsync(cancellationToken).ConfigureAwait(false);
    }
}
