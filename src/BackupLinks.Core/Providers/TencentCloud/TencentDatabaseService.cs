using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A database service of Tencent Cloud. All of them have the same requests; a service adds its actions, its words and
/// its types.
/// </summary>
internal abstract class TencentDatabaseService : TencentService
{
    // No backup is kept for longer, but for those that a person made.
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(10 * 366);

    private static readonly Dictionary<string, string> NoStates = [];

    /// <summary>Makes the service.</summary>
    /// <param name="backupLink">The type of the links of its backups.</param>
    /// <param name="logLink">The type of the links of its logs; null for a service without.</param>
    /// <param name="sizeUnit">The unit that the sizes in its lists are rounded to, in bytes.</param>
    private protected TencentDatabaseService(Type backupLink, Type? logLink = null, long sizeUnit = 1)
    {
        LinkKind backups = new(this, "BackupLink", backupLink, link => TencentBackupLinksRequest.From(this, link))
        {
            Ids = IdsWith(nameof(TencentCloudBackupLink.BackupId)), SizeUnit = sizeUnit,
        };
        LinkKinds = logLink is null
            ? [backups]
            :
            [
                backups,
                new(this, "LogLink", logLink, link => TencentLogLinksRequest.From(this, link))
                {
                    Ids = IdsWith(nameof(TencentCloudLogLink.LogId)), SizeUnit = sizeUnit,
                },
            ];

        static string[] IdsWith(string id) =>
            [nameof(TencentCloudLink.InstanceId), id, nameof(TencentCloudLink.Network)];
    }

    /// <summary>The meaning of the numbers for the state of an instance; none where that is a word.</summary>
    public virtual IReadOnlyDictionary<string, string> InstanceStates => NoStates;

    /// <summary>False where the sizes in the list of backups are not known to be exactly those of the files.</summary>
    public virtual bool ListsExactSizes => true;

    public sealed override IReadOnlyList<LinkKind> LinkKinds { get; }

    public sealed override ServiceRequest<IInstance> Instances(InstanceFilter filter) =>
        new TencentInstancesRequest(this, filter);

    public sealed override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new TencentBackupsRequest(this, instance, filter);

    public sealed override ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        new TencentLogsRequest(this, instance, filter);

    public sealed override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options)
    {
        string instanceId = ids.InstanceId ?? "";
        bool isIntranet = options.IsIntranet && HasIntranet;
        // The API takes whole hours.
        int? hours = LinkLifetimes is not null && options.ValidFor is { } lifetime
            ? (int)Math.Ceiling(lifetime.TotalHours) : null;
        return ids.LogId is { } logId
            ? new TencentLogLinksRequest(this, instanceId, logId, isIntranet)
            {
                Details = options.Details, ValidHours = hours,
            }
            : new TencentBackupLinksRequest(this, instanceId, ids.BackupId ?? "", isIntranet)
            {
                Details = options.Details, WaitTimeout = options.WaitTimeout, ValidHours = hours,
            };
    }

    /// <summary>The meaning of a number; the number itself for one without a known meaning.</summary>
    public static string? WordOf(IReadOnlyDictionary<string, string> words, string? number) =>
        WireValue.Text(number) is not { } text ? null : words.TryGetValue(text, out string? word) ? word : text;

    /// <summary>The action that lists instances.</summary>
    /// <param name="instanceId">The only one; null for all.</param>
    internal abstract TencentCall GetInstancesCall(string? instanceId);

    /// <summary>Makes an instance, which has an id.</summary>
    internal abstract IInstance ToInstance(TencentInstanceItem item, string? region);

    /// <summary>The engine of an instance.</summary>
    internal virtual string? EngineOf(TencentInstanceItem item) => Engines[0];

    /// <summary>The version of the engine.</summary>
    internal virtual string? VersionOf(TencentInstanceItem item) => WireValue.Text(item.EngineVersion);

    /// <summary>The kind of instance.</summary>
    internal abstract string? TypeOf(TencentInstanceItem item);

    /// <summary>The action that lists backups.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="filter">Which of its backups; the action may return others, too.</param>
    /// <param name="session">Knows the time.</param>
    internal abstract TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session);

    /// <summary>
    /// The parameter that makes the list one of backups of another method; null for a service whose list has all.
    /// </summary>
    internal virtual string? MethodParameter => null;

    /// <summary>The methods that its list may leave out.</summary>
    internal virtual IReadOnlyList<int> OtherMethods => [];

    /// <summary>The id of an entry of the list of backups; null for none.</summary>
    internal virtual string? IdOf(TencentBackupItem item) => WireValue.Text(item.BackupId);

    /// <summary>Makes a backup, which has an id.</summary>
    internal abstract IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session);

    /// <summary>Finds the files of a backup.</summary>
    internal abstract Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken);

    /// <summary>Makes a link.</summary>
    internal abstract DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item);

    /// <summary>The action that lists logs of a kind.</summary>
    /// <param name="kind">The kind, one of <see cref="BackupService.LogKinds"/>.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="filter">Which of its logs; the action may return others, too.</param>
    /// <param name="session">Knows the time.</param>
    internal virtual TencentCall GetLogsCall(
        LogKind kind, string instanceId, LogFilter filter, TencentSession session) => throw new NotSupportedException();

    /// <summary>Reads an entry of the list of a kind, whose members may have other names or units.</summary>
    internal virtual TencentLogItem ReadLog(LogKind kind, TencentLogItem item) => item;

    /// <summary>The id or name by which a log is known again; null for none.</summary>
    internal virtual string? LogKeyOf(TencentLogItem item) => WireValue.Text(item.Name);

    /// <summary>Makes a log, which has such a key.</summary>
    internal virtual ILog ToLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region) =>
        throw new NotSupportedException();

    /// <summary>Finds the file of a log: in the list, which has the links, unless the service says otherwise.</summary>
    internal virtual Task<TencentFiles> FindLogFileAsync(
        TencentLogLinksRequest request, TencentSession session, CancellationToken cancellationToken) =>
        request.FindInListAsync(session, cancellationToken);

    /// <summary>Makes a link of a log.</summary>
    internal virtual DownloadLink ToLogLink(
        LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request) => throw new NotSupportedException();

    /// <summary>True for a whole log with an address, and for one that an action has the address of.</summary>
    public static bool HasFile(TencentLogItem item) => IsWhole(item) && (item.State is not null
        || (WireValue.Text(item.InternetUrl) ?? WireValue.Text(item.IntranetUrl) ?? WireValue.Text(item.FilePath)
            ?? WireValue.Text(item.BinlogId)) is not null);

    /// <summary>True for the state of a whole log.</summary>
    public static bool IsWhole(TencentLogItem item) =>
        item.State is { } state ? VendorWords.Same(state, "finished") : !IsUnfinished(item.Status);

    /// <summary>True for the state of a log that is not whole.</summary>
    public static bool IsUnfinished(string? status) =>
        VendorWords.Same(status, "FAILED") || VendorWords.Same(status, "RUNNING")
        || VendorWords.Same(status, "CREATING");

    /// <summary>Finds the one file of a backup or a log by an action that has its address.</summary>
    /// <param name="action">The action.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="request">The request.</param>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    private protected static async Task<TencentFiles> FindUrlAsync(
        string action, JsonObject parameters, TencentLinksRequest request, TencentSession session,
        CancellationToken cancellationToken)
    {
        var response = await session.SendAsync(
            action, parameters, request.Subject, TencentUrlJson.Default.TencentEnvelopeTencentUrlResponse,
            static _ => true, cancellationToken).ConfigureAwait(false);
        return new TencentFiles(response is null ? [] : [new TencentFile(null, response.Address)]);
    }

    /// <summary>The earliest time that a list is requested from: a day before what is wanted.</summary>
    /// <param name="since">The earliest time that is wanted; null for any.</param>
    /// <param name="session">Knows the time.</param>
    private protected static DateTimeOffset EarliestOf(DateTimeOffset? since, TencentSession session)
    {
        var earliest = session.GetHostTime() - LongestRetention;
        return since is { } first && first > earliest ? first.AddDays(-1) : earliest;
    }

    /// <summary>A list of texts as a parameter; null for none.</summary>
    private protected static JsonArray? ListOf(string? text) =>
        text is null ? null : new JsonArray(JsonValue.Create(text));
}
