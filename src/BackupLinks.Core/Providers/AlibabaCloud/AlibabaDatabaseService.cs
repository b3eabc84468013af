using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// A database service of Alibaba Cloud. All of them list backups by the same action. A service adds its instances, its
/// words and its types.
/// </summary>
internal abstract class AlibabaDatabaseService : AlibabaService
{
    // The provider keeps no backup for longer.
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(732);

    /// <summary>Makes the service.</summary>
    /// <param name="linkType">The type of the links of its backups.</param>
    private protected AlibabaDatabaseService(Type linkType) => LinkKinds =
    [
        new(this, "BackupLink", linkType, link => AlibabaBackupLinksRequest.From(this, link))
        {
            Ids =
            [
                nameof(AlibabaCloudBackupLink.InstanceId), nameof(AlibabaCloudBackupLink.BackupId),
                nameof(AlibabaCloudLink.Network),
            ],
        },
    ];

    /// <summary>The parameter with the id of an instance.</summary>
    public virtual string InstanceParameter => "DBInstanceId";

    /// <summary>The most backups on a page, one of the numbers that the action takes.</summary>
    public virtual int BackupPageSize => 100;

    /// <summary>True when its list of backups must be bounded by times.</summary>
    public virtual bool NeedsTimes => false;

    /// <summary>True when the nodes of a cluster have lists of backups of their own.</summary>
    public virtual bool HasNodes => false;

    /// <summary>The action that lists backups of clusters; null for a service without.</summary>
    public virtual string? ClusterAction => null;

    /// <summary>The parameter of that action with the number of the page.</summary>
    public virtual string ClusterPageParameter => "PageNumber";

    public override VendorWords BackupWords { get; } = new()
    {
        Status = ["Success", "Failed", "Running", "OK", "ERROR"],
        Type =
        [
            "FullBackup", "IncrementalBackup", "Automated", "Manual", "Physical", "Logical", "Snapshot",
        ],
        IncrementalTypes = ["IncrementalBackup"],
    };

    public sealed override IReadOnlyList<LinkKind> LinkKinds { get; }

    public sealed override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new AlibabaBackupsRequest(this, instance, filter);

    public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) =>
        new AlibabaBackupLinksRequest(this, ids.InstanceId ?? "", ids.BackupId ?? "", options.IsIntranet)
        {
            Details = options.Details,
        };

    /// <summary>Makes a backup, which has an id.</summary>
    internal abstract IBackup ToBackup(AlibabaBackupItem item, InstanceReference instance, string? region);

    /// <summary>Makes a link.</summary>
    internal abstract DownloadLink ToLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item);

    /// <summary>Finds the nodes of an instance; none for an instance of one node.</summary>
    internal virtual Task<IReadOnlyList<string>> FindNodesAsync(
        AlibabaSession session, string instanceId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>
    /// The parameters with the bounds of a list of backups. They are a day wider than what is wanted: the pages do not
    /// say which time of a backup they compare.
    /// </summary>
    /// <param name="since">The earliest time that is wanted; null for any.</param>
    /// <param name="until">The latest; null for any.</param>
    /// <param name="session">Knows the time.</param>
    internal IEnumerable<(string Name, string? Value)> GetTimes(
        DateTimeOffset? since, DateTimeOffset? until, ServiceSession session)
    {
        if (!NeedsTimes)
            return [];
        var now = session.GetHostTime();
        var earliest = now - LongestRetention;
        var start = since is { } first && first > earliest ? first.AddDays(-1) : earliest;
        var end = until is { } last && last < now ? last : now;
        return [("StartTime", ToMinute(start)), ("EndTime", ToMinute((end > start ? end : start).AddDays(1)))];
    }

    private static string ToMinute(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
