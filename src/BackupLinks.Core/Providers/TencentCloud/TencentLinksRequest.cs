using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>The links of a backup or a log.</summary>
/// <param name="Service">The service.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="IsIntranet">True for addresses inside the provider's network.</param>
internal abstract record TencentLinksRequest(TencentDatabaseService Service, string InstanceId, bool IsIntranet)
    : LinkRequest<TencentSession, TencentFile>
{
    /// <summary>The backup or log, as it reads in a sentence.</summary>
    public abstract string Subject { get; }

    /// <summary>
    /// The hours that the links are to be valid, where the service has a choice; null for its own lifetime.
    /// </summary>
    public int? ValidHours { get; init; }

    /// <summary>The hours that a link was requested for; null when it names none.</summary>
    private protected static int? HoursOf(LinkProperties link) => int.TryParse(
        link[nameof(ValidHours)], NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
        ? hours : null;

    /// <summary>True when a link names the network inside the cloud.</summary>
    private protected static bool IsOfIntranet(LinkProperties link) =>
        nameof(LinkNetwork.Intranet).Equals(
            link[nameof(TencentCloudLink.Network)], StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the files.</summary>
    private protected abstract Task<TencentFiles> FindAsync(
        TencentSession session, CancellationToken cancellationToken);

    /// <summary>Makes a link.</summary>
    private protected abstract DownloadLink ToLink(LinkFields file, TencentLinkOrigin origin, TencentFile item);

    private protected sealed override Task<IResultPage<DownloadLink>> SendAsync(
        TencentSession session, CancellationToken cancellationToken) =>
        SendAsync(session, stop => FindAsync(session, stop), cancellationToken);

    private async Task<IResultPage<DownloadLink>> SendAsync(
        TencentSession session, Func<CancellationToken, Task<TencentFiles>> findAsync,
        CancellationToken cancellationToken)
    {
        var sent = session.GetHostTime();
        var found = await findAsync(cancellationToken).ConfigureAwait(false);
        if (found.PendingState is { } state)
        {
            return new PendingLinks(state)
            {
                SendAsync = found.FindAgainAsync is { } again ? stop => SendAsync(session, again, stop) : null,
            };
        }

        if (found.Problem is { } problem)
            return new ResultPage<DownloadLink>([], [problem], HasMore: false);
        var page = ToPage(
            found.Files,
            file => new FileEntry(
                file.Name, IsIntranet ? file.IntranetAddress : file.Address, file.Size, null,
                sent + (ValidHours is { } hours ? TimeSpan.FromHours(hours) : Service.LinkLifetime))
            {
                IsSizeOfBackup = Service.ListsExactSizes,
            },
            (file, item) => ToLink(file, session.Origin, item), session,
            entry => session.Client.BadEntry(Subject, entry));
        return found.Remark is null || page.Results.Count == 0
            ? page
            : new ResultPage<DownloadLink>(page.Results, page.Problems, HasMore: false, found.Remark);
    }
}
