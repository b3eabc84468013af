using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// The newest backup of a list that can be downloaded: one, or one of each type where several are asked for. No provider
/// documents the order of its list, so that all of it is read, and no more of it is kept than the newest. That there is none
/// is worth a word: who saves the latest backup of everything would not notice what is missing.
/// </summary>
/// <param name="listing">The list.</param>
/// <param name="types">The types that are asked for.</param>
/// <param name="isNarrow">True when the list has been narrowed down.</param>
internal sealed class LatestBackups<T>(IListing<T> listing, IReadOnlyList<string> types, bool isNarrow) : IListing<T>
    where T : class, IBackup
{
    /// <inheritdoc/>
    public async Task<ListAnswer<T>> NextAsync(CancellationToken cancellationToken)
    {
        var latest = new Dictionary<(int Type, string? Part), T>();
        var problems = new List<ApiException>();
        ListAnswer<T> answer;
        do
        {
            answer = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            problems.AddRange(answer.Problems);
            foreach (var backup in answer.Results.Where(backup => backup.IsDownloadable))
            {
                var key = (TypeOf(backup), backup.Part);
                if (!latest.TryGetValue(key, out var known) || IsNewer(backup, known))
                    latest[key] = backup;
            }
        }
        while (answer.HasMore);
        return new ListAnswer<T>(
            [.. latest.OrderBy(entry => entry.Key.Type).ThenBy(entry => entry.Key.Part, System.StringComparer.Ordinal).Select(entry => entry.Value)],
            problems, HasMore: false,
            latest.Count > 0 ? null : isNarrow ? "has no backup that can be downloaded among those asked for" : "has no backup that can be downloaded");
    }

    private static bool IsNewer(T backup, T known) => known.CreatedAt is null ? backup.CreatedAt is not null : backup.CreatedAt > known.CreatedAt;

    private int TypeOf(T backup)
    {
        for (int i = 0; i < types.Count; i++)
        {
            if (backup.IsOfType(types[i]))
                return i;
        }

        return 0;
    }
}
