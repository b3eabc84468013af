using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>The files of one RDS backup (<c>GET /v3/{project}/backup-files?backup_id=</c>).</summary>
/// <param name="BackupId">The backup.</param>
/// <param name="InstanceId">The instance of the backup, which the response does not name; null when it is not known.</param>
internal sealed record RdsBackupFilesRequest(string BackupId, string? InstanceId) : HuaweiLinkRequest<RdsFilesResponse, RdsFileItem>
{
    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    private protected override string Path => "backup-files?backup_id=" + ServiceEndpoint.QueryValue(BackupId, "backup id");

    private protected override string Subject => ScreenText.Sentence($"backup '{BackupId}'")
        + (Details.InstanceName is { } name && InstanceId is not null ? $" of {new InstanceReference(InstanceId, name)}" : "");

    private protected override string FallbackName => BackupId;

    private protected override JsonTypeInfo<RdsFilesResponse> ResponseType => RdsJson.Default.RdsFilesResponse;

    /// <summary>The request that a link came from.</summary>
    public static RdsBackupFilesRequest From(LinkProperties link) =>
        new(link.Require(nameof(RdsBackupFile.BackupId)), link[nameof(RdsBackupFile.InstanceId)]);

    private protected override bool IsComplete(RdsFilesResponse response) => response.IsComplete;

    private protected override IEnumerable<RdsFileItem?> GetItems(RdsFilesResponse response) => response.Files ?? [];

    private protected override FileEntry ToEntry(RdsFileItem item, DateTimeOffset sent) => new(
        item.Name, item.DownloadLink, WireValue.Kilobytes(item.Size),
        WireTime.Parse(item.LinkExpiredTime) ?? WireTime.Parse(item.LinkExpiredLink));

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, RdsFilesResponse response, RdsFileItem item) =>
        new RdsBackupFile(file, origin, BackupId, InstanceId, response.Bucket, item);
}
