using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>Redis of Capital Online: the download addresses of a backup.</summary>
internal sealed class CdsRedisClient(CapitalOnlineSession connection)
{
    /// <summary>The addresses of one backup (<c>GET /redis/?Action=DownloadBackup</c>).</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="network">Which address to choose.</param>
    /// <param name="details">What a list said of the backup.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>One link; none, and the reason, when the chosen address is missing.</returns>
    /// <exception cref="Errors.ApiException">The request was refused, failed, or was answered with something else.</exception>
    public async Task<LinkList<CdsBackupDownload>> DownloadBackupAsync(
        string instanceId, string backupId, CdsNetwork network, BackupDetails details, CancellationToken cancellationToken)
    {
        string query = $"Action=DownloadBackup&InstanceUuid={ServiceEndpoint.QueryValue(instanceId, "instance id")}"
            + $"&BackupId={ServiceEndpoint.QueryValue(backupId, "backup id")}";
        string subject = ScreenText.Sentence($"backup '{backupId}' of {new InstanceReference(instanceId, details.InstanceName)}");
        var answer = await connection.Service.SendAsync(
            HttpMethod.Get, "redis/?" + query, null, subject,
            CdsRedisJson.Default.CdsDownloadResponse, static read => read.IsComplete, cancellationToken).ConfigureAwait(false);

        var data = answer?.Data ?? new CdsDownloadData();
        string? link = network == CdsNetwork.Public ? data.BackupDownloadUrl : data.BackupIntranetDownloadUrl;
        return new LinkList<CdsBackupDownload>(
            [new FileEntry(null, link, data.BackupSize is >= 0 ? data.BackupSize : null)],
            backupId,
            (file, _) => new CdsBackupDownload(file, connection.Origin, instanceId, backupId, network, data, answer?.TaskId),
            details,
            _ => connection.Service.BadEntry(subject, network == CdsNetwork.Public ? "the public address" : "the intranet address"));
    }
}
