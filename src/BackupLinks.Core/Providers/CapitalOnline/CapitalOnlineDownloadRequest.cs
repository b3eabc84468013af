using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline;

/// <summary>The addresses of one backup (<c>GET /redis/?Action=DownloadBackup</c>): one link.</summary>
/// <param name="Service">The service.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="BackupId">The backup.</param>
/// <param name="IsIntranet">True for the address inside the provider's network.</param>
internal sealed record CapitalOnlineDownloadRequest(
    CapitalOnlineDatabaseService Service, string InstanceId, string BackupId, bool IsIntranet = false)
    : LinkRequest<CapitalOnlineSession, CapitalOnlineBackupData>
{
    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    private protected override string FallbackName => BackupId;

    /// <summary>The request that a link came from, on the same network.</summary>
    public static CapitalOnlineDownloadRequest From(CapitalOnlineDatabaseService service, LinkProperties link) => new(
        service,
        link.Require(nameof(CapitalOnlineBackupDownload.InstanceId)),
        link.Require(nameof(CapitalOnlineBackupDownload.BackupId)),
        CapitalOnlineBackupDownload.IntranetNetwork.Equals(
            link[nameof(CapitalOnlineBackupDownload.Network)], StringComparison.OrdinalIgnoreCase));

    private protected override async Task<IResultPage<DownloadLink>> SendAsync(
        CapitalOnlineSession session, CancellationToken cancellationToken)
    {
        string action = $"DownloadBackup&InstanceUuid={ServiceEndpoint.QueryValue(InstanceId, "instance id")}"
            + $"&BackupId={ServiceEndpoint.QueryValue(BackupId, "backup id")}";
        string subject = ScreenText.Sentence(
            $"backup '{BackupId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");
        var response = await session.Client.SendAsync(
            HttpMethod.Get, session.PathTo(action), null, subject,
            CapitalOnlineJson.Default.CapitalOnlineDownloadResponse,
            static read => read.IsComplete, cancellationToken).ConfigureAwait(false)
                ?? new CapitalOnlineDownloadResponse();
        // Until the backup has finished, its addresses are empty.
        if (response.Data is { Status: { Length: > 0 } state } unfinished
            && !state.Equals(CapitalOnlineBackup.Finished, StringComparison.OrdinalIgnoreCase)
            && string.IsNullOrWhiteSpace(unfinished.BackupDownloadUrl)
            && string.IsNullOrWhiteSpace(unfinished.BackupIntranetDownloadUrl))
        {
            throw session.Unfinished(subject, state);
        }

        return ToPage(
            [response.Data ?? new CapitalOnlineBackupData()],
            data => new FileEntry(
                null, IsIntranet ? data.BackupIntranetDownloadUrl : data.BackupDownloadUrl,
                WireValue.Bytes(data.BackupSize)),
            (file, data) => Service.ToLink(file, session.Origin, this, response),
            session,
            _ => session.Client.BadEntry(subject, IsIntranet ? "the intranet address" : "the public address"));
    }
}
