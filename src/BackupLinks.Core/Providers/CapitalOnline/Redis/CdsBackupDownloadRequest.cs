using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>The addresses of one Redis backup (<c>GET /redis/?Action=DownloadBackup</c>): one link.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="BackupId">The backup.</param>
/// <param name="Network">Which of the two addresses.</param>
internal sealed record CdsBackupDownloadRequest(string InstanceId, string BackupId, CdsNetwork Network = CdsNetwork.Public)
    : LinkRequest<CapitalOnlineSession, CdsDownloadData>
{
    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    private protected override string FallbackName => BackupId;

    /// <summary>The request that a link came from, on the same network.</summary>
    public static CdsBackupDownloadRequest From(LinkProperties link) => new(
        link.Require(nameof(CdsBackupDownload.InstanceId)),
        link.Require(nameof(CdsBackupDownload.BackupId)),
        Enum.TryParse(link[nameof(CdsBackupDownload.Network)], ignoreCase: true, out CdsNetwork named) ? named : CdsNetwork.Public);

    private protected override async Task<IResultPage<DownloadLink>> SendAsync(
        CapitalOnlineSession session, CancellationToken cancellationToken)
    {
        string action = $"DownloadBackup&InstanceUuid={ServiceEndpoint.QueryValue(InstanceId, "instance id")}"
            + $"&BackupId={ServiceEndpoint.QueryValue(BackupId, "backup id")}";
        string subject = ScreenText.Sentence($"backup '{BackupId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");
        var response = await session.Client.SendAsync(
            HttpMethod.Get, session.PathTo(action), null, subject,
            CdsRedisJson.Default.CdsDownloadResponse, static read => read.IsComplete, cancellationToken).ConfigureAwait(false);

        string address = Network == CdsNetwork.Public ? "the public address" : "the intranet address";
        return ToPage(
            [response?.Data ?? new CdsDownloadData()],
            data => new FileEntry(
                null, Network == CdsNetwork.Public ? data.BackupDownloadUrl : data.BackupIntranetDownloadUrl, WireValue.Bytes(data.BackupSize)),
            (file, data) => new CdsBackupDownload(file, session.Origin, InstanceId, BackupId, Network, data, response?.TaskId),
            session,
            _ => session.Client.BadEntry(subject, address));
    }
}
