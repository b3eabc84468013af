using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// The links of one DCS backup, 0 to 64 (<c>POST /v2/{project}/instances/{instance}/backups/{backup}/links</c>, and the
/// same under <c>/v1.0</c>).
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="BackupId">The backup record.</param>
/// <param name="Expiration">The lifetime of the links in seconds, 300 to 86400.</param>
/// <param name="ApiVersion">A member of <see cref="DcsApiVersion"/>.</param>
internal sealed record DcsBackupLinksRequest(
    string InstanceId, string BackupId, int Expiration = DcsBackupLinksRequest.DefaultExpiration,
    string ApiVersion = DcsApiVersion.V2)
    : HuaweiLinkRequest<DcsLinksResponse, DcsLinkItem>
{
    /// <summary>The lifetime of the links when the caller names none, in seconds.</summary>
    public const int DefaultExpiration = 3600;

    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    private protected override HttpMethod Method => HttpMethod.Post;

    private protected override string Version => ApiVersion;

    private protected override string Path =>
        $"instances/{ServiceEndpoint.PathSegment(InstanceId, "instance id")}"
        + $"/backups/{ServiceEndpoint.PathSegment(BackupId, "backup id")}/links";

    private protected override byte[] Body =>
        JsonSerializer.SerializeToUtf8Bytes(new DcsLinksBody(Expiration), DcsJson.Default.DcsLinksBody);

    private protected override string Subject =>
        ScreenText.Sentence($"backup '{BackupId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");

    private protected override string FallbackName => BackupId;

    private protected override JsonTypeInfo<DcsLinksResponse> ResponseType => DcsJson.Default.DcsLinksResponse;

    /// <summary>The request that a link came from.</summary>
    public static DcsBackupLinksRequest From(LinkProperties link) => new(
        link.Require(nameof(DcsBackupLink.InstanceId)),
        link.Require(nameof(DcsBackupLink.BackupId)),
        int.TryParse(
            link[nameof(DcsBackupLink.Expiration)], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? seconds : DefaultExpiration,
        link[nameof(DcsBackupLink.ApiVersion)] == DcsApiVersion.V1 ? DcsApiVersion.V1 : DcsApiVersion.V2);

    private protected override bool IsComplete(DcsLinksResponse response, HttpMethod method) => response.IsComplete;

    private protected override IEnumerable<DcsLinkItem?> GetItems(DcsLinksResponse response) => response.Links ?? [];

    private protected override FileEntry ToEntry(DcsLinkItem item, DateTimeOffset sent) =>
        new(item.FileName, item.Link, AssumedExpiry: sent.AddSeconds(Expiration));

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DcsLinksResponse response, DcsLinkItem item) =>
        new DcsBackupLink(file, origin, this, response);
}
