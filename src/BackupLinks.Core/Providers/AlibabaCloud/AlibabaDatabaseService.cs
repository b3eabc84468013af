using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;
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
    private static readonly TimeSpan LongestArchive = TimeSpan.FromDays(7300);

    /// <summary>Makes the service.</summary>
    /// <param name="backupLink">The type of the links of its backups; null for a service that has none.</param>
    /// <param name="logLink">The type of the links of its logs; null for a service that has none.</param>
    private protected AlibabaDatabaseService(Type? backupLink, Type? logLink = null)
    {
        var kinds = new List<LinkKind>();
        if (backupLink is not null)
        {
            kinds.Add(new(this, "BackupLink", backupLink, link => AlibabaBackupLinksRequest.From(this, link))
            {
                Ids =
                [
                    nameof(AlibabaCloudBackupLink.InstanceId), nameof(AlibabaCloudBackupLink.BackupId),
                    nameof(AlibabaCloudLink.Network),
                ],
                Checksums = ChecksumsOf(backupLink),
                HasDoubtfulChecksums = true,
            });
        }

        if (logLink is not null)
        {
            kinds.Add(new(this, "LogLink", logLink, link => AlibabaLogLinkRequest.From(this, link))
            {
                Ids =
                [
                    nameof(AlibabaCloudLogLink.InstanceId), nameof(AlibabaCloudLogLink.LogId),
                    nameof(AlibabaCloudLink.Network),
                ],
                Checksums = ChecksumsOf(logLink),
                HasDoubtfulChecksums = true,
            });
        }

        LinkKinds = kinds;
        LinksBackups = backupLink is not null;
    }

    /// <summary>The parameter with the id of an instance.</summary>
    public virtual string InstanceParameter => "DBInstanceId";

    /// <summary>The most backups on a page, one of the numbers that the action takes.</summary>
    public virtual int BackupPageSize => 100;

    /// <summary>
    /// True when its list of backups must be bounded by times; the others may be, and take both bounds.
    /// </summary>
    public virtual bool NeedsTimes => false;

    /// <summary>True when the nodes of a cluster have lists of backups of their own.</summary>
    public virtual bool HasNodes => false;

    /// <summary>True when the nodes of a cluster are backed up each by itself, and are the instance together.</summary>
    public virtual bool BacksUpNodes => HasNodes;

    /// <summary>The action that lists backups of clusters; null for a service without.</summary>
    public virtual string? ClusterAction => null;

    /// <summary>The parameter of that action with the number of the page.</summary>
    public virtual string ClusterPageParameter => "PageNumber";

    /// <summary>
    /// The most backups on a page of it, one of the numbers that the action takes. A cluster may have hundreds of
    /// shards, each with two addresses, and a response has at most the bytes of
    /// <see cref="Http.BoundedBodyHandler.MaxBytes"/>.
    /// </summary>
    public virtual int ClusterPageSize => 10;

    /// <summary>The parameter of that action with the id of a backup.</summary>
    public virtual string ClusterIdParameter => "ClusterBackupId";

    /// <summary>The HTTP method of that action. Unlike the other actions, it has only one.</summary>
    public virtual HttpMethod ClusterMethod => HttpMethod.Get;

    public sealed override string EncryptionRemark =>
        "is encrypted: it can be restored only with its key, which is in the Key Management Service of the account";

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

    public sealed override bool LinksBackups { get; }

    public sealed override IReadOnlyList<LogKind> LogKinds => [.. LogActions.Select(action => action.Kind).Distinct()];

    /// <summary>
    /// The actions that list its logs; those of one kind are each for other engines. None for a service without.
    /// </summary>
    public virtual IReadOnlyList<AlibabaLogAction> LogActions => [];

    /// <summary>The longest time that the provider keeps a backup or a log.</summary>
    public virtual TimeSpan LongestRetention => TimeSpan.FromDays(732);

    public sealed override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new AlibabaBackupsRequest(this, instance, filter);

    public sealed override ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        new AlibabaLogsRequest(this, instance, filter);

    public sealed override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) => ids.LogId is { } log
        ? !LinksLogs ? throw new NotSupportedException()
            : new AlibabaLogLinkRequest(this, ids.InstanceId ?? "", log, options.IsIntranet && LogsHaveIntranet)
            {
                Details = options.Details,
            }
        : !LinksBackups ? throw new NotSupportedException(AlibabaCloudBackup.SnapshotObstacle)
            : new AlibabaBackupLinksRequest(this, ids.InstanceId ?? "", ids.BackupId ?? "", options.IsIntranet)
            {
                Details = options.Details,
            };

    /// <summary>Makes a backup, which has an id.</summary>
    internal abstract IBackup ToBackup(AlibabaBackupItem item, InstanceReference instance, string? region);

    /// <summary>Makes a link of a backup.</summary>
    internal virtual DownloadLink ToLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item) =>
        throw new NotSupportedException();

    /// <summary>Makes a log, which has an id.</summary>
    internal virtual ILog ToLog(AlibabaLogItem item, InstanceReference instance, string? region) =>
        throw new NotSupportedException();

    /// <summary>Makes a link of a log.</summary>
    internal virtual DownloadLink ToLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item) =>
        throw new NotSupportedException();

    /// <summary>Finds the nodes of an instance; none for an instance of one node.</summary>
    internal virtual Task<IReadOnlyList<string>> FindNodesAsync(
        AlibabaSession session, string instanceId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Finds the engine of an instance; null where all actions of the service are for all engines.</summary>
    internal virtual Task<string?> FindEngineAsync(
        AlibabaSession session, string instanceId, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

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
        if (!NeedsTimes && (since ?? until) is null)
            return [];
        // A list that need not be bounded has archived backups, too.
        var (start, end) = GetBounds(since, until, session, NeedsTimes ? LongestRetention : LongestArchive);
        return [("StartTime", ToMinute(start)), ("EndTime", ToMinute(end))];
    }

    /// <summary>The bounds of a list, a day wider than what is wanted.</summary>
    /// <inheritdoc cref="GetTimes"/>
    internal (DateTimeOffset Start, DateTimeOffset End) GetBounds(
        DateTimeOffset? since, DateTimeOffset? until, ServiceSession session) =>
        GetBounds(since, until, session, LongestRetention);

    private static (DateTimeOffset Start, DateTimeOffset End) GetBounds(
        DateTimeOffset? since, DateTimeOffset? until, ServiceSession session, TimeSpan retention)
    {
        var now = session.GetHostTime();
        var earliest = now - retention;
        var start = since is { } first && first > earliest ? first.AddDays(-1) : earliest;
        var end = until is { } last && last < now ? last : now;
        return (start, (end > start ? end : start).AddDays(1));
    }

    private static string ToMinute(DateTimeOffset time) =>
        time.UtcDateTime.ToString(AlibabaLogAction.Minutes, CultureInfo.InvariantCulture);

    // The types that have one name it alike. The page calls it a checksum, and its example is the CRC-64 of a file; a
    // file that the provider packs for the download may have another.
    private static IReadOnlyList<(string Property, string Algorithm)> ChecksumsOf(Type link) =>
        link.GetProperty(nameof(AlibabaCloudLogLink.Checksum)) is null
            ? [] : [(nameof(AlibabaCloudLogLink.Checksum), ChecksumAlgorithm.Crc64)];
}
