using System;
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

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>Document Database Service (MongoDB): links to backup files.</summary>
internal sealed class DdsClient(HuaweiSession connection)
{
    /// <summary>
    /// The service's place in the table of regions (<c>DdsRegion.cs</c> of the vendor's SDK), and the codes of its page
    /// "Error Code".
    /// </summary>
    public static readonly HuaweiService Service = new("dds")
    {
        AbsentFrom =
        [
            "af-north-1", "ap-southeast-5", "cn-east-4", "cn-east-5", "cn-north-11", "cn-north-12", "cn-south-4", "cn-southwest-3",
        ],
        ErrorCodes = new Dictionary<string, ErrorKind>
        {
            // The backup does not exist, as status 400.
            ["DBS.201204"] = ErrorKind.NotFound,
            ["DBS.201214"] = ErrorKind.NotFound,
            // The instance does not exist, as status 400, and one as 403.
            ["DBS.201028"] = ErrorKind.NotFound,
            ["DBS.201501"] = ErrorKind.NotFound,
            ["DBS.201502"] = ErrorKind.NotFound,
            ["DBS.280016"] = ErrorKind.NotFound,
            ["DBS.280110"] = ErrorKind.NotFound,
            // The instance is another account's, or the user may not, as status 400.
            ["DBS.200010"] = ErrorKind.AccessDenied,
            ["DBS.280015"] = ErrorKind.AccessDenied,
            // The instance is busy, as status 403.
            ["DBS.200011"] = ErrorKind.Conflict,
            ["DBS.200018"] = ErrorKind.Conflict,
            ["DBS.200019"] = ErrorKind.Conflict,
            ["DBS.201014"] = ErrorKind.Conflict,
            ["DBS.201015"] = ErrorKind.Conflict,
        },
    };

    // "The backup download link is valid within 15 minutes", says the page.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    /// <summary>The files of one backup (<c>GET /v3/{project}/backups/download-file?instance_id=&amp;backup_id=</c>).</summary>
    /// <exception cref="ApiException">The request was refused, failed, or was answered with something else.</exception>
    public async Task<LinkList<DdsBackupFile>> ListBackupFilesAsync(
        string instanceId, string backupId, BackupDetails details, CancellationToken cancellationToken)
    {
        string query = $"instance_id={ServiceEndpoint.QueryValue(instanceId, "instance id")}&backup_id={ServiceEndpoint.QueryValue(backupId, "backup id")}";
        string subject = ScreenText.Sentence($"backup '{backupId}' of {new InstanceReference(instanceId, details.InstanceName)}");
        var project = await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        var asked = connection.GetHostTime();
        var answer = await project.Service.SendAsync(
            HttpMethod.Get, $"v3/{project.PathSegment}/backups/download-file?{query}", null, subject,
            DdsJson.Default.DdsFilesResponse, static read => read.IsComplete, cancellationToken).ConfigureAwait(false) ?? new DdsFilesResponse();

        var origin = connection.GetOrigin(project);
        IReadOnlyList<DdsFileItem> items = [.. (answer.Files ?? []).Select(item => item ?? new DdsFileItem())];
        return new LinkList<DdsBackupFile>(
            [.. items.Select(item => new FileEntry(
                item.Name, item.DownloadLink, WireValue.Kilobytes(item.Size), WireTime.Parse(item.LinkExpiredTime), asked + LinkLifetime))],
            backupId,
            (file, index) => new DdsBackupFile(file, origin, instanceId, backupId, answer, items[index]),
            details,
            entry => project.Service.BadEntry(subject, entry));
    }
}
