using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.Discovery;

/// <summary>
/// The newest backup of a list that can be downloaded: one, or one of each type where several are requested. No
/// provider documents the order of its list, so all of it is read, and only the newest entries are kept. One that needs
/// an earlier backup for a restore is wanted only when its type is requested.
/// <para>
/// Without a maximum age, an instance that has none is worth a warning. With one, that is an error, and so are a newest
/// backup that is older, and a newer attempt that failed.
/// </para>
/// </summary>
/// <param name="listing">The list.</param>
/// <param name="filter">Which backups are wanted.</param>
/// <param name="instance">The instance, for messages.</param>
/// <param name="incrementalTypes">The provider's words for backups that need an earlier one for a restore.</param>
/// <param name="now">The time by the provider's clock.</param>
internal sealed class LatestBackups(
    IListing<IBackup> listing, BackupFilter filter, InstanceReference instance, IReadOnlyList<string> incrementalTypes,
    Func<DateTimeOffset> now) : IListing<IBackup>
{
    /// <inheritdoc/>
    public async Task<IResultPage<IBackup>> NextAsync(CancellationToken cancellationToken)
    {
        var newest = new Dictionary<(int Type, string? Part), Newest>();
        var problems = new List<BackupLinksException>();
        IResultPage<IBackup> page;
        do
        {
            page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            problems.AddRange(page.Problems);
            foreach (var backup in page.Results)
            {
                var key = (TypeOf(backup), backup.Part);
                newest.TryGetValue(key, out var known);
                newest[key] = filter.Types.Count == 0 && incrementalTypes.FirstOrDefault(backup.IsOfType) is { } type
                    ? known with { Incremental = type } : known.With(backup);
            }
        }
        while (page.HasMore);

        // Full ones of the whole instance are of each part, and incremental ones of the whole may be of parts.
        bool isOfWhole = newest.Any(entry => entry.Key.Part is null && entry.Value.HasFull);
        bool isOfParts = newest.Any(entry => entry.Key.Part is not null);
        var ordered = newest
            .Where(entry => entry.Value.HasFull || (entry.Key.Part is null ? !isOfParts : !isOfWhole))
            .OrderBy(entry => entry.Key.Type).ThenBy(entry => entry.Key.Part, StringComparer.Ordinal).ToArray();
        IBackup[] latest = [.. ordered.Select(entry => entry.Value.Good).OfType<IBackup>()];
        string? remark = null;
        if (filter.MaximumAge is { } maximum)
            Check(new AgeCheck(instance, maximum, now()), ordered, problems);
        else if (latest.Length == 0)
            remark = Absence("", ordered.FirstOrDefault().Value);
        else if (ordered.FirstOrDefault(entry => !entry.Value.HasFull) is { Value.Incremental: not null } part)
            remark = Absence(OfPart(part.Key.Part), part.Value);
        return new ResultPage<IBackup>(latest, problems, HasMore: false, remark);
    }

    private string Absence(string what, Newest part) =>
        $"has no backup{what} that can be downloaded{(filter.IsNarrow ? " among the requested ones" : "")}"
            + (part.Reason is { } reason ? ": " + reason : "");

    private static string OfPart(string? part) =>
        part is null ? "" : ScreenText.Sentence($" of shard '{ScreenText.Excerpt(part)}'");

    // Every type that is named, and every part, must have one that is young enough.
    private void Check(
        AgeCheck check, KeyValuePair<(int Type, string? Part), Newest>[] newest, List<BackupLinksException> problems)
    {
        bool byType = filter.Types.Count > 1;
        for (int type = 0; type < Math.Max(1, byType ? filter.Types.Count : 1); type++)
        {
            var parts = newest.Where(entry => !byType || entry.Key.Type == type).ToArray();
            string kind = byType ? ScreenText.Sentence($" of type '{filter.Types[type]}'") : "";
            if (parts.Length == 0)
                problems.Add(check.None(kind, filter.IsNarrow, null, null));
            foreach (var (key, part) in parts.Select(part => (part.Key, part.Value)))
            {
                var (good, attempt) = part;
                string what = kind + OfPart(key.Part);
                if (good is null)
                    problems.Add(check.None(what, filter.IsNarrow, attempt, part.Reason));
                else if (check.TooOld(good, what, attempt) is { } problem)
                    problems.Add(problem);
                else if (attempt is { HasFailed: true })
                    problems.Add(check.NewerFailed(good, what, attempt));
            }
        }
    }

    private int TypeOf(IBackup backup)
    {
        for (int i = 0; i < filter.Types.Count; i++)
        {
            if (backup.IsOfType(filter.Types[i]))
                return i;
        }

        return 0;
    }

    /// <summary>The newest backup that can be downloaded, and the newest newer one that cannot.</summary>
    private readonly record struct Newest(IBackup? Good, IBackup? Attempt)
    {
        /// <summary>The type of one that restores only with an earlier one; null where none came.</summary>
        public string? Incremental { get; init; }

        public bool HasFull => (Good ?? Attempt) is not null;

        /// <summary>Why there is no good one, and what to do; null for what a policy mends.</summary>
        public string? Reason => Attempt switch
        {
            null when Incremental is { } type =>
                $"those of type '{type}' restore only with an earlier one; request them with -Type",
            { HasFailed: false } and IObstructed { LinkObstacle: { } obstacle } =>
                ScreenText.Excerpt(obstacle, 200),
            _ => null,
        };

        public Newest With(IBackup backup)
        {
            var good = backup.IsDownloadable && IsNewer(backup, Good) ? backup : Good;
            var attempt = !backup.IsDownloadable && IsNewer(backup, Attempt) ? backup : Attempt;
            return new Newest(good, attempt is not null && IsNewer(attempt, good) ? attempt : null)
            {
                Incremental = Incremental,
            };
        }

        private static bool IsNewer(IBackup backup, IBackup? known) =>
            known is null
                || (known.BackupTime is null ? backup.BackupTime is not null : backup.BackupTime > known.BackupTime);
    }
}
