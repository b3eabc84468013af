using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>The newest log that can be downloaded, of each shard and replica: only together they are all of the day.</summary>
/// <param name="listing">The list, in any order.</param>
internal sealed class LatestLogs(IListing<DcsLog> listing) : IListing<DcsLog>
{
    /// <inheritdoc/>
    public async Task<ListResultPage<DcsLog>> NextAsync(CancellationToken cancellationToken)
    {
        var latest = new Dictionary<(string? Shard, string? Replica), DcsLog>();
        var problems = new List<BackupLinksException>();
        ListResultPage<DcsLog> answer;
        do
        {
            answer = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            problems.AddRange(answer.Problems);
            foreach (var log in answer.Results.Where(log => log.IsDownloadable))
            {
                var key = (log.ShardName, log.ReplicaIp);
                if (!latest.TryGetValue(key, out var known) || (log.Date ?? DateTime.MinValue) > (known.Date ?? DateTime.MinValue))
                    latest[key] = log;
            }
        }
        while (answer.HasMore);

        DcsLog[] logs =
        [
            .. latest.Values.OrderBy(log => log.ShardName, StringComparer.Ordinal).ThenBy(log => log.ReplicaIp, StringComparer.Ordinal),
        ];
        return new ListResultPage<DcsLog>(logs, problems, HasMore: false, logs.Length > 0 ? null : "has no log that can be downloaded");
    }
}
