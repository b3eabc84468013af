using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>A list of which only some entries are wanted.</summary>
/// <param name="pager">Gets the pages.</param>
/// <param name="isWanted">True for an entry that is wanted.</param>
/// <param name="nothing">The error for a list without any entry, wanted or not; null where that is no error.</param>
internal sealed class Listing<T>(Pager<T> pager, Func<T, bool> isWanted, Func<ApiException>? nothing = null) : IListing<T>
    where T : class
{
    private bool _isEmpty = true;

    /// <inheritdoc/>
    public async Task<ListAnswer<T>> NextAsync(CancellationToken cancellationToken)
    {
        var results = new List<T>();
        var problems = new List<ApiException>();
        do
        {
            var page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                _isEmpty = false;
                if (isWanted(entry!))
                    results.Add(entry!);
            }

            if (page.Problem is not null)
                problems.Add(page.Problem);
        }
        while (results.Count == 0 && problems.Count == 0 && !pager.IsAtEnd);

        if (_isEmpty && problems.Count == 0 && pager.IsAtEnd && nothing is not null)
            throw nothing();
        return new ListAnswer<T>(results, problems, HasMore: !pager.IsAtEnd);
    }
}
