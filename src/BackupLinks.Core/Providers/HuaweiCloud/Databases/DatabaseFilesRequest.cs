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

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>The files of one backup (<c>GET /v3/{project}/backup-files?backup_id=</c>).</summary>
/// <param name="BackupId">The backup.</param>
/// <param name="InstanceId">
/// The instance of the backup, which the response does not name; null when it is not known.
/// </param>
internal abstract record DatabaseFilesRequest(string BackupId, string? InstanceId)
    : HuaweiLinkRequest<DatabaseFilesResponse, DatabaseFileItem>
{
    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    private protected override string Path =>
        "backup-files?backup_id=" + ServiceEndpoint.QueryValue(BackupId, "backup id");

    private protected override string Subject => ScreenText.Sentence($"backup '{BackupId}'")
        + (Details.InstanceName is { } name && InstanceId is not null
            ? $" of {new InstanceReference(InstanceId, name)}"
            : "");

    private protected override string FallbackName => BackupId;

    private protected override JsonTypeInfo<DatabaseFilesResponse> ResponseType =>
        DatabaseFilesJson.Default.DatabaseFilesResponse;

    private protected override bool IsComplete(DatabaseFilesResponse response, HttpMethod method) =>
        response.IsComplete;

    private protected override IEnumerable<DatabaseFileItem?> GetItems(DatabaseFilesResponse response) =>
        response.Files ?? [];

    private protected override FileEntry ToEntry(DatabaseFileItem item, DateTimeOffset sent) => new(
        item.Name, item.DownloadLink, WireValue.Kilobytes(item.Size),
        WireTime.Parse(item.LinkExpiredTime) ?? WireTime.Parse(item.LinkExpiredLink));
}
