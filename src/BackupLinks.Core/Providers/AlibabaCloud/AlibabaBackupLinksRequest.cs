using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// The files of one backup. The cloud has no action for links: the list of backups has them, and returns only one
/// backup for its id.
/// </summary>
/// <param name="Service">The service.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="BackupId">The backup.</param>
/// <param name="IsIntranet">True for addresses inside the provider's network.</param>
internal sealed record AlibabaBackupLinksRequest(
    AlibabaDatabaseService Service, string InstanceId, string BackupId, bool IsIntranet = false)
    : LinkRequest<AlibabaSession, AlibabaFile>
{
    private const string ClusterPrefix = "cb-";

    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    private protected override string FallbackName => BackupId;

    private string Subject => ScreenText.Sentence(
        $"backup '{BackupId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");

    /// <summary>The request that a link came from, on the same network.</summary>
    public static AlibabaBackupLinksRequest From(AlibabaDatabaseService service, LinkProperties link) => new(
        service,
        link.Require(nameof(AlibabaCloudBackupLink.InstanceId)),
        link.Require(nameof(AlibabaCloudBackupLink.BackupId)),
        AlibabaCloudLink.IsOnIntranet(link));

    private protected override async Task<IResultPage<DownloadLink>> SendAsync(
        AlibabaSession session, CancellationToken cancellationToken)
    {
        ServiceEndpoint.RequireId(InstanceId, "instance id");
        ServiceEndpoint.RequireId(BackupId, "backup id");
        var records = Service.ClusterAction is not null && BackupId.StartsWith(ClusterPrefix, StringComparison.Ordinal)
            ? await ListClusterAsync(session, cancellationToken).ConfigureAwait(false)
            : Service.HasNodes ? await ListNodesAsync(session, cancellationToken).ConfigureAwait(false)
            : await ListAsync(session, null, cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
            return new ResultPage<DownloadLink>([], [Absent(session)], HasMore: false);
        if (records.FirstOrDefault(backup => backup?.BackupId == BackupId) is { IsUnfinished: true } unfinished)
            throw session.Unfinished(Subject, unfinished.BackupStatus);
        AlibabaFile[] files =
        [
            .. records.OfType<AlibabaBackupItem>().Where(backup => backup.BackupId == BackupId).SelectMany(
                AlibabaFile.Of),
        ];
        if (records.Any(backup => backup is { IsAvailable: false } && backup.BackupId == BackupId))
            return new ResultPage<DownloadLink>([], [Incomplete(session)], HasMore: false);
        // A list of other backups is not a response to this request.
        var page = ToPage(
            files.Length > 0 ? files : [.. AlibabaFile.Of(new AlibabaBackupItem())],
            file => file.ToEntry(IsIntranet),
            (file, item) => Service.ToLink(
                file with { BackupPart = Service.BacksUpNodes ? item.NodeId : null }, session.Origin, this, item),
            session,
            _ => WithoutAddress(session));
        return page.Results.Count > 0 && files.Any(file => file.Backup.IsEncrypted)
            ? new ResultPage<DownloadLink>(page.Results, page.Problems, HasMore: false, Service.EncryptionRemark)
            : page;
    }

    // The backup of a shard is only in the list of its shard, and that of a cluster in a list for clusters.
    private async Task<IReadOnlyList<AlibabaBackupItem?>> ListNodesAsync(
        AlibabaSession session, CancellationToken cancellationToken)
    {
        ApiException? refusal = null;
        try
        {
            var whole = await ListAsync(session, null, cancellationToken).ConfigureAwait(false);
            if (whole.Count > 0)
                return whole;
        }
        catch (ApiException e) when (AlibabaErrorCodes.MayBeOfAnotherKind(e))
        {
            // Perhaps a cluster, which this list is not for.
            refusal = e;
        }

        ApiException? absence = null;
        var nodes = await Service.FindNodesAsync(session, InstanceId, cancellationToken).ConfigureAwait(false);
        if (nodes.Count == 0 && refusal is not null && !AlibabaErrorCodes.IsOfAnotherKind(refusal))
            throw refusal;
        foreach (string node in nodes)
        {
            try
            {
                var found = await ListAsync(session, node, cancellationToken).ConfigureAwait(false);
                if (found.Count > 0)
                    return found;
            }
            catch (ApiException e) when (e.Kind == ErrorKind.NotFound)
            {
                absence = e;
            }
        }

        var cluster = nodes.Count > 0 && Service.ClusterAction is not null
            ? await ListClusterAsync(session, cancellationToken).ConfigureAwait(false) : [];
        return cluster.Count > 0 || absence is null ? cluster : throw absence;
    }

    private async Task<IReadOnlyList<AlibabaBackupItem?>> ListAsync(
        AlibabaSession session, string? node, CancellationToken cancellationToken)
    {
        var response = await session.Client.SendAsync(
            HttpMethod.Get, PathTo(AlibabaBackupsRequest.Action, "BackupId", session, node), null, Subject,
            AlibabaBackupsJson.Default.AlibabaBackupsResponse,
            static read => read.Records is not null || read.Total is not null, cancellationToken).ConfigureAwait(false);
        return [.. (response?.Records ?? []).Select(backup => backup?.OfNode(node))];
    }

    private async Task<IReadOnlyList<AlibabaBackupItem?>> ListClusterAsync(
        AlibabaSession session, CancellationToken cancellationToken)
    {
        var response = await session.Client.SendAsync(
            Service.ClusterMethod, PathTo(Service.ClusterAction!, Service.ClusterIdParameter, session), null, Subject,
            AlibabaClusterJson.Default.AlibabaClusterBackupsResponse,
            static read => read.Records is not null || read.PageNumber is not null, cancellationToken)
            .ConfigureAwait(false);
        return [.. (response?.Records ?? []).Select(cluster => cluster?.ToBackup())];
    }

    private string PathTo(string action, string idParameter, AlibabaSession session, string? node = null) =>
        AlibabaSession.PathTo(
            action,
            [
                ("RegionId", action == Service.ClusterAction ? session.Region : null),
                (Service.InstanceParameter, InstanceId), (AlibabaBackupsRequest.NodeParameter, node),
                (idParameter, BackupId),
                // The id says which backup; a time that a caller's row has may be wrong.
                .. Service.GetTimes(null, null, session),
            ]);

    private ApiException Absent(AlibabaSession session) => new(
        ErrorKind.NotFound,
        $"{session.Service.Provider.Name} does not know {Subject}; {session.Service.Provider.Conventions.IdAdvice}.");

    private ApiException Incomplete(AlibabaSession session) => new(
        ErrorKind.InvalidRequest,
        $"{session.Service.Provider.Name} has no links of {Subject}: {AlibabaCloudBackup.IncompleteObstacle}; request "
            + "another backup.");

    private ApiException WithoutAddress(AlibabaSession session) => new(
        ErrorKind.InvalidResponse,
        $"{session.Service.Provider.Name} returned no {(IsIntranet ? "intranet" : "public")} address for {Subject}; it "
            + "has none for a snapshot, and none for a key without the permission to download backups.")
    {
        StatusCode = HttpStatusCode.OK,
    };
}
