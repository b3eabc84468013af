using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>The backups of an instance.</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record TencentBackupsRequest(
    TencentDatabaseService Service, InstanceReference Instance, BackupFilter Filter)
    : TencentListRequest<TencentBackupsResponse, TencentBackupItem, IBackup>
{
    /// <summary>Another action than that of the service's list; null for that.</summary>
    public TencentCall? Call { get; init; }

    public override RequestItem Item => RequestItem.Instance(Instance);

    /// <summary>What is looked for in the list, as it reads in a sentence; null for the list itself.</summary>
    public string? Purpose { get; init; }

    private protected override string Subject => Purpose ?? $"the backups of {Instance}";

    private protected override JsonTypeInfo<TencentEnvelope<TencentBackupsResponse>> ResponseType =>
        TencentBackupsJson.Default.TencentEnvelopeTencentBackupsResponse;

    /// <summary>Finds a backup in the list, for a service that has its links there; null for none.</summary>
    /// <param name="session">The session.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<TencentBackupItem?> FindAsync(
        TencentSession session, string backupId, CancellationToken cancellationToken) =>
        FindAsync(Records(session), item => Service.IdOf(item) == backupId, cancellationToken);

    /// <summary>Reads all entries of the list.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IReadOnlyList<TencentBackupItem>> ReadAllAsync(
        TencentSession session, CancellationToken cancellationToken)
    {
        var all = new List<TencentBackupItem>();
        var pager = Records(session);
        while (!pager.IsAtEnd)
        {
            var page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Entries.OfType<TencentBackupItem>());
            // One without an id is an entry, too.
            if (page.Problem is not null)
                all.Add(new TencentBackupItem());
        }

        return all;
    }

    private Pager<TencentBackupItem> Records(TencentSession session) =>
        PageRecords(session, GetCall(session), Service.IdOf);

    private IListing<IBackup> List(TencentSession session) => Filter.Apply(
        Service.MethodParameter is { } parameter
            ? OpenMethods(session, parameter) : Open(session, GetCall(session), static _ => { }),
        Instance, Service.BackupWords.IncrementalTypes, session.GetHostTime);

    private MethodListing OpenMethods(TencentSession session, string parameter)
    {
        bool hasAll = false;
        var call = GetCall(session);
        return new MethodListing(
            // Where entries do not name their methods, there is nothing to tell them by: the list is taken as it is.
            Open(session, call, item => hasAll |= item.BackupMethod is not "0"), () => hasAll, Service.OtherMethods,
            method =>
            {
                var parameters = call.Parameters.DeepClone().AsObject();
                parameters[parameter] = method;
                return Open(session, call with { Parameters = parameters }, static _ => { });
            });
    }

    private Listing<IBackup> Open(TencentSession session, TencentCall call, Action<TencentBackupItem> tell) => new(
        Page(
            session, call,
            record =>
            {
                tell(record);
                return Service.IdOf(record) is null ? null : Service.ToBackup(record, Instance, session);
            },
            static backup => backup.BackupId),
        Filter.IsWanted);

    private protected override IListing<IBackup> Open(TencentSession session) => Service.ListsNothingOfUnknown
        ? new KnownInstanceListing<IBackup>(List(session), Service, Instance, session)
        : List(session);

    private TencentCall GetCall(TencentSession session)
    {
        ServiceEndpoint.RequireId(Instance.Id, "instance id");
        return Call ?? Service.GetBackupsCall(Instance.Id, Filter, session);
    }
}
