using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>A list of which only some entries are wanted.</summary>
/// <param name="pager">Gets the pages.</param>
/// <param name="isWanted">True for an entry that is wanted.</param>
internal sealed class Listing<T>(Pager<T> pager, Func<T, bool> isWanted) : IListing<T>
    where T : class
{
    /// <inheritdoc/>
    public async Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        var results = new List<T>();
        var problems = new List<BackupLinksException>();
        do
        {
            var page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);
            results.AddRange(page.Entries.OfType<T>().Where(isWanted));
            if (page.Problem is not null)
                problems.Add(page.Problem);
        }
        while (results.Count == 0 && problems.Count == 0 && !pager.IsAtEnd);

        return new ResultPage<T>(results, problems, HasMore: !pager.IsAtEnd);
    }
}
