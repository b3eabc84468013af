using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>
/// The newest log that can be downloaded, of each shard and node: only together they are all of the day.
/// </summary>
/// <param name="listing">The list, in any order.</param>
internal sealed class LatestLogs(IListing<ILog> listing) : IListing<ILog>
{
    /// <inheritdoc/>
    public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
    {
        var latest = new Dictionary<(string? Shard, string? Node), ILog>();
        var problems = new List<BackupLinksException>();
        IResultPage<ILog> page;
        do
        {
            page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            problems.AddRange(page.Problems);
            foreach (var log in page.Results.Where(log => log.IsDownloadable))
            {
                if (!latest.TryGetValue(log.Part, out var known) || IsLater(log, known))
                    latest[log.Part] = log;
            }
        }
        while (page.HasMore);

        ILog[] logs =
        [
            .. latest.OrderBy(entry => entry.Key.Shard, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Node, StringComparer.Ordinal).Select(entry => entry.Value),
        ];
        string? remark = logs.Length > 0 ? null : "has no log that can be downloaded";
        return new ResultPage<ILog>(logs, problems, HasMore: false, remark);
    }

    private static bool IsLater(ILog log, ILog known) => log.Time is { } time && known.Time is { } other
        ? time > other
        : (log.Date ?? DateTime.MinValue) > (known.Date ?? DateTime.MinValue);
}
