using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>
/// The files of one DDS backup (<c>GET /v3/{project}/backups/download-file?instance_id=&amp;backup_id=</c>).
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="BackupId">The backup.</param>
internal sealed record DdsBackupFilesRequest(string InstanceId, string BackupId)
    : HuaweiLinkRequest<DdsFilesResponse, DdsFileItem>
{
    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    private protected override string Path =>
        $"backups/download-file?instance_id={ServiceEndpoint.QueryValue(InstanceId, "instance id")}"
        + $"&backup_id={ServiceEndpoint.QueryValue(BackupId, "backup id")}";

    private protected override string Subject =>
        ScreenText.Sentence($"backup '{BackupId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");

    private protected override string FallbackName => BackupId;

    private protected override JsonTypeInfo<DdsFilesResponse> ResponseType => DdsJson.Default.DdsFilesResponse;

    /// <summary>The request that a link came from.</summary>
    public static DdsBackupFilesRequest From(LinkProperties link) =>
        new(link.Require(nameof(DdsBackupFile.InstanceId)), link.Require(nameof(DdsBackupFile.BackupId)));

    private protected override bool IsComplete(DdsFilesResponse response, HttpMethod method) => response.IsComplete;

    private protected override IEnumerable<DdsFileItem?> GetItems(DdsFilesResponse response) => response.Files ?? [];

    private protected override FileEntry ToEntry(DdsFileItem item, DateTimeOffset sent) => new(
        item.Name, item.DownloadLink, WireValue.Kilobytes(item.Size), WireTime.Parse(item.LinkExpiredTime),
        sent + DdsService.BackupLinkLifetime);

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DdsFilesResponse response, DdsFileItem item) =>
        new DdsBackupFile(file, origin, InstanceId, BackupId, response, item);
}
