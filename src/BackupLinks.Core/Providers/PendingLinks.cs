using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>
/// The response of a service that has begun to make the links, and has not finished. The same request is sent again
/// until the response has them.
/// </summary>
/// <param name="State">The state in the provider's word: <c>CREATING</c>.</param>
internal sealed record PendingLinks(string State) : IResultPage<DownloadLink>
{
    /// <inheritdoc/>
    public IReadOnlyList<DownloadLink> Results => [];

    /// <inheritdoc/>
    public IReadOnlyList<BackupLinksException> Problems => [];

    /// <inheritdoc/>
    public bool HasMore => true;

    /// <inheritdoc/>
    public string? Remark => null;
}
