using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>Relational Database Service: links to backup files.</summary>
internal sealed class RdsClient(HuaweiSession connection)
{
    /// <summary>The service's place in the table of regions (<c>RdsRegion.cs</c> of the vendor's SDK).</summary>
    public static readonly HuaweiService Service = new("rds")
    {
        ErrorCodes = new Dictionary<string, ErrorKind>
        {
            // The backup does not exist, as status 400.
            ["DBS.201203"] = ErrorKind.NotFound,
            ["DBS.280214"] = ErrorKind.NotFound,
            // The same request may succeed in a moment, as status 400.
            ["DBS.201208"] = ErrorKind.Conflict,
        },
    };

    /// <summary>The files of one backup (<c>GET /v3/{project}/backup-files?backup_id=</c>).</summary>
    /// <param name="backupId">The backup.</param>
    /// <param name="instanceId">The instance that it is of, which the answer does not say; null when it is not known.</param>
    /// <param name="details">What a list said of the backup.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ApiException">The request was refused, failed, or was answered with something else.</exception>
    public async Task<LinkList<RdsBackupFile>> ListBackupFilesAsync(
        string backupId, string? instanceId, BackupDetails details, CancellationToken cancellationToken)
    {
        string query = "backup_id=" + ServiceEndpoint.QueryValue(backupId, "backup id");
        string subject = ScreenText.Sentence($"backup '{backupId}'") + (details.InstanceName is { } name && instanceId is not null ? $" of {new InstanceReference(instanceId, name)}" : "");
        var project = await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        var answer = await project.Service.SendAsync(
            HttpMethod.Get, $"v3/{project.PathSegment}/backup-files?{query}", null, subject,
            RdsJson.Default.RdsFilesResponse, static read => read.IsComplete, cancellationToken).ConfigureAwait(false) ?? new RdsFilesResponse();

        var origin = connection.GetOrigin(project);
        IReadOnlyList<RdsFileItem> items = [.. (answer.Files ?? []).Select(item => item ?? new RdsFileItem())];
        return new LinkList<RdsBackupFile>(
            [.. items.Select(item => new FileEntry(
                item.Name, item.DownloadLink, WireValue.Kilobytes(item.Size), WireTime.Parse(item.LinkExpiredTime) ?? WireTime.Parse(item.LinkExpiredLink)))],
            backupId,
            (file, index) => new RdsBackupFile(file, origin, backupId, instanceId, answer.Bucket, items[index]),
            details,
            entry => project.Service.BadEntry(subject, entry));
    }
}
