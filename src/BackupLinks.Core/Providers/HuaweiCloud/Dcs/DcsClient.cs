using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>Distributed Cache Service: links to backups and run logs of Redis instances.</summary>
internal sealed class DcsClient(HuaweiSession connection)
{
    /// <summary>The service's place in the table of regions (<c>DcsRegion.cs</c> of the vendor's SDK).</summary>
    public static readonly HuaweiService Service = new("dcs")
    {
        AbsentFrom = ["af-north-1", "cn-north-11", "cn-south-4", "cn-southwest-3"],
        // Listed under .com there, unlike the other services of this region.
        OwnHosts = new Dictionary<string, string>(),
    };

    // "The download link is valid for 24 hours by default", says the page, and the answer has no field for it.
    private static readonly TimeSpan LogLinkLifetime = TimeSpan.FromHours(24);

    /// <summary>
    /// The links of one backup (<c>POST /v2/{project}/instances/{instance}/backups/{backup}/links</c>, and the same
    /// under <c>/v1.0</c>): 0 to 64.
    /// </summary>
    /// <exception cref="Errors.ApiException">The request was refused, failed, or was answered with something else.</exception>
    public async Task<LinkList<DcsBackupLink>> ListBackupLinksAsync(DcsBackupRequest request, CancellationToken cancellationToken)
    {
        string path = $"instances/{ServiceEndpoint.PathSegment(request.InstanceId, "instance id")}"
            + $"/backups/{ServiceEndpoint.PathSegment(request.BackupId, "backup id")}/links";
        string subject = ScreenText.Sentence($"backup '{request.BackupId}' of {new InstanceReference(request.InstanceId, request.Details.InstanceName)}");
        var project = await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new DcsLinksRequest(request.Expiration), DcsJson.Default.DcsLinksRequest);
        var asked = connection.GetHostTime();
        var answer = await project.Service.SendAsync(
            HttpMethod.Post, $"{request.ApiVersion}/{project.PathSegment}/{path}", body, subject,
            DcsJson.Default.DcsLinksResponse, static read => read.IsComplete, cancellationToken).ConfigureAwait(false) ?? new DcsLinksResponse();

        var origin = connection.GetOrigin(project);
        IEnumerable<DcsLinkItem?> items = answer.Links ?? [];
        return new LinkList<DcsBackupLink>(
            [.. items.Select(item => new FileEntry(item?.FileName, item?.Link, AssumedExpiry: asked.AddSeconds(request.Expiration)))],
            request.BackupId,
            (file, _) => new DcsBackupLink(file, origin, request, answer),
            request.Details,
            entry => project.Service.BadEntry(subject, entry));
    }

    /// <summary>
    /// The link of one run log file (<c>POST /v2/{project}/instances/{instance}/redislog/{id}/links</c>).
    /// </summary>
    /// <exception cref="Errors.ApiException">The request was refused, failed, or was answered with something else.</exception>
    public async Task<LinkList<DcsLogLink>> CreateLogLinkAsync(
        string instanceId, string logId, BackupDetails details, CancellationToken cancellationToken)
    {
        string path = $"instances/{ServiceEndpoint.PathSegment(instanceId, "instance id")}"
            + $"/redislog/{ServiceEndpoint.PathSegment(logId, "log id")}/links";
        string subject = ScreenText.Sentence($"log '{logId}' of {new InstanceReference(instanceId, details.InstanceName)}");
        var project = await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        var asked = connection.GetHostTime();
        var answer = await project.Service.SendAsync(
            HttpMethod.Post, $"{DcsApiVersion.V2}/{project.PathSegment}/{path}", null, subject,
            DcsJson.Default.DcsLogLinkResponse, static read => read.IsComplete, cancellationToken).ConfigureAwait(false);

        var origin = connection.GetOrigin(project);
        return new LinkList<DcsLogLink>(
            answer is null ? [] : [new FileEntry(null, answer.Link, AssumedExpiry: asked + LogLinkLifetime)],
            logId,
            (file, _) => new DcsLogLink(file, origin, instanceId, logId, answer?.BackupId),
            details,
            _ => project.Service.BadEntry(subject, "the file"));
    }
}
