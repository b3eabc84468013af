using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A list of backups that, by some revisions of its page, has those of one method only unless another is named: where
/// nothing in it is of another method, the lists of the other methods follow.
/// </summary>
/// <param name="first">The list without a method.</param>
/// <param name="hasAll">True when that list has shown entries of another method.</param>
/// <param name="methods">The other methods.</param>
/// <param name="open">Opens the list of a method.</param>
internal sealed class MethodListing(
    IListing<IBackup> first, Func<bool> hasAll, IReadOnlyList<int> methods, Func<int, IListing<IBackup>> open)
    : IListing<IBackup>
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private OptionalListing<IBackup>? _current;
    private bool _isBehindFirst;
    private int _next;

    /// <inheritdoc/>
    public async Task<IResultPage<IBackup>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            bool isFirst = !_isBehindFirst;
            var page = isFirst
                ? await first.NextAsync(cancellationToken).ConfigureAwait(false)
                : await (_current ??= OpenNext()).NextAsync(cancellationToken).ConfigureAwait(false);
            if (!page.HasMore)
                (_current, _isBehindFirst) = (null, true);
            // A service that does not know the parameter returns the same list again.
            IBackup[] results = [.. page.Results.Where(backup => _seen.Add(backup.BackupId))];
            bool hasMore = page.HasMore || (_next < methods.Count && !(isFirst && hasAll()));
            if (results.Length > 0 || page.Problems.Count > 0 || !hasMore)
                return new ResultPage<IBackup>(results, page.Problems, hasMore, page.Remark);
        }
    }

    // A method that this instance does not have is an empty list.
    private OptionalListing<IBackup> OpenNext() =>
        new(open(methods[_next++]), static error => error.Kind == ErrorKind.InvalidRequest);
}
