using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>
/// The response of a service that has begun to make the links, and has not finished. The same request, or the one that
/// the service has for it, is sent until the response has them.
/// </summary>
/// <param name="State">The state in the provider's word: <c>CREATING</c>.</param>
internal sealed record PendingLinks(string State) : IResultPage<DownloadLink>
{
    /// <summary>Sends the request for what has been made; null for the same request again.</summary>
    public Func<CancellationToken, Task<IResultPage<DownloadLink>>>? SendAsync { get; init; }

    /// <summary>
    /// Makes the links that are there, and the errors of the others, for the end of the wait; null when there are none.
    /// </summary>
    public Func<IResultPage<DownloadLink>>? Made { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<DownloadLink> Results => [];

    /// <inheritdoc/>
    public IReadOnlyList<BackupLinksException> Problems => [];

    /// <inheritdoc/>
    public bool HasMore => true;

    /// <inheritdoc/>
    public string? Remark => null;
}
