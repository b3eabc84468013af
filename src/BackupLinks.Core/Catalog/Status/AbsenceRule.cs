using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Text;

namespace BackupLinks.Catalog.Status;

/// <summary>
/// Says what it means that an instance did not come through the pipeline: it is gone only when a complete list of its
/// service does not have it.
/// </summary>
/// <param name="lists">The lists of the commands that instances came from.</param>
/// <param name="listed">The keys of the services that instances came of.</param>
/// <param name="hasOthers">
/// True when something came that remembers no list, such as rows of a file, or nothing came at all.
/// </param>
internal sealed class AbsenceRule(
    IReadOnlyCollection<InstanceLists> lists, ISet<string> listed, bool hasOthers)
{
    /// <summary>What the cloud says of an absent instance; null when it was not requested.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="lastKnown">When its newest good backup in the cloud was begun, as it was known before.</param>
    public CloudFindings? Judge(InstanceIdentity instance, DateTimeOffset? lastKnown)
    {
        InstanceList[] own = [.. lists.SelectMany(each => each.All).Where(list => IsOf(list, instance))];
        InstanceList[] relevant = [.. own.Where(list => list.Covers(instance.Region))];
        // A list that was requested once more counts as it was the second time.
        var whole = new HashSet<(string, string?)>(relevant.Where(IsWhole).Select(list => (list.Service, list.Region)));
        var failed = relevant.FirstOrDefault(list => list.Problem is not null
            && !whole.Contains((list.Service, list.Region)) && !(list.Service == instance.Cloud && whole.Count > 0));
        if (failed is not null)
            return CloudFindings.Unreachable(failed.Problem!, lastKnown);
        bool isListed = listed.Contains(instance.Service);
        // Where every service was to be listed, one that was not has lost its credential.
        if (own.Length == 0 && !isListed && (hasOthers || lists.Any(each => each.IsOfAll)))
        {
            return CloudFindings.Unreachable(
                ScreenText.Sentence($"No instance of {instance.Service} came through the pipeline")
                + "; check its credential, and the errors of Get-CloudInstance.",
                lastKnown);
        }

        bool isWhole = whole.Count > 0 && relevant.All(list =>
            whole.Contains((list.Service, list.Region)) || list.Service == instance.Cloud);
        if (!isWhole)
            return null;
        if (isListed || own.Any(list => list.Count > 0))
            return new CloudFindings { IsListed = false };
        return CloudFindings.Unreachable(
            ScreenText.Sentence($"{instance.Service} lists no instance at all")
                + "; check the region, the project and the permissions, or end it with Remove-BackupFile -InstanceId "
                + $"{ScreenText.Excerpt(instance.InstanceId)} -All.",
            lastKnown) with { IsListed = false };
    }

    private static bool IsWhole(InstanceList list) =>
        list is { IsComplete: true, IsNarrow: false, Problem: null };

    private static bool IsOf(InstanceList list, InstanceIdentity instance) =>
        list.Service == instance.Service || list.Service == instance.Cloud;
}
