using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// The link of one DCS run log (<c>POST /v2/{project}/instances/{instance}/redislog/{id}/links</c>). The response is
/// the record of the file.
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="LogId">The log file.</param>
internal sealed record DcsLogLinkRequest(string InstanceId, string LogId)
    : HuaweiLinkRequest<DcsLogLinkResponse, DcsLogLinkResponse>
{
    // "The download link is valid for 24 hours by default", says the page, and the response has no field for it.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    public override RequestItem Item => RequestItem.Log(LogId, InstanceId, Details);

    private protected override HttpMethod Method => HttpMethod.Post;

    private protected override string Version => DcsApiVersion.V2;

    private protected override string Path =>
        $"instances/{ServiceEndpoint.PathSegment(InstanceId, "instance id")}"
        + $"/redislog/{ServiceEndpoint.PathSegment(LogId, "log id")}/links";

    private protected override string Subject =>
        ScreenText.Sentence($"log '{LogId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");

    private protected override string FallbackName => LogId;

    private protected override string OnlyFile => "the file";

    private protected override JsonTypeInfo<DcsLogLinkResponse> ResponseType => DcsJson.Default.DcsLogLinkResponse;

    /// <summary>The request that a link came from.</summary>
    public static DcsLogLinkRequest From(LinkProperties link) =>
        new(link.Require(nameof(DcsLogLink.InstanceId)), link.Require(nameof(DcsLogLink.LogId)));

    private protected override bool IsComplete(DcsLogLinkResponse response, HttpMethod method) => response.IsComplete;

    private protected override IEnumerable<DcsLogLinkResponse?> GetItems(DcsLogLinkResponse response) => [response];

    private protected override FileEntry ToEntry(DcsLogLinkResponse item, DateTimeOffset sent) =>
        new(null, item.Link, AssumedExpiry: sent + LinkLifetime);

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DcsLogLinkResponse response, DcsLogLinkResponse item) =>
        new DcsLogLink(file, origin, InstanceId, LogId, item.BackupId);
}
