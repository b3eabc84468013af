using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// A list of objects that are made of the entries of another list, and of which only some are wanted.
/// </summary>
/// <param name="listing">The other list.</param>
/// <param name="map">Makes an object.</param>
/// <param name="isWanted">True for an object that is wanted.</param>
internal sealed class MappedListing<TFrom, TTo>(IListing<TFrom> listing, Func<TFrom, TTo> map, Func<TTo, bool> isWanted)
    : IListing<TTo>
    where TFrom : class
    where TTo : class
{
    /// <inheritdoc/>
    public async Task<IResultPage<TTo>> NextAsync(CancellationToken cancellationToken)
    {
        var results = new List<TTo>();
        var problems = new List<BackupLinksException>();
        IResultPage<TFrom> page;
        do
        {
            page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            results.AddRange(page.Results.Select(map).Where(isWanted));
            problems.AddRange(page.Problems);
        }
        while (results.Count == 0 && problems.Count == 0 && page.HasMore);

        return new ResultPage<TTo>(results, problems, page.HasMore, page.Remark);
    }
}
