using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>A request for the links of one backup or log, which one response returns.</summary>
/// <typeparam name="TSession">The provider's session.</typeparam>
/// <typeparam name="TItem">The record of a file in the response.</typeparam>
internal abstract record LinkRequest<TSession, TItem> : ServiceRequest<DownloadLink>
    where TSession : ServiceSession
{
    /// <summary>The details of the backup in the list.</summary>
    public BackupDetails Details { get; init; } = BackupDetails.None;

    /// <summary>The longest wait for links that the service makes first.</summary>
    public TimeSpan WaitTimeout { get; init; } = LinkWaiter.DefaultTimeout;

    /// <summary>The name of a file that has none, neither in the response nor in its address.</summary>
    private protected abstract string FallbackName { get; }

    private protected sealed override IListing<DownloadLink> Begin(ServiceSession session) => new SinglePage(
        stop => session.LinkWaiter.SendAsync(Item, WaitTimeout, again => SendAsync((TSession)session, again), stop));

    /// <summary>
    /// Sends the request. A response that says that the links are being made is a <see cref="PendingLinks"/>: the same
    /// request is sent again later.
    /// </summary>
    private protected abstract Task<IResultPage<DownloadLink>> SendAsync(
        TSession session, CancellationToken cancellationToken);

    /// <summary>Makes links of the files of a response.</summary>
    /// <param name="items">The files.</param>
    /// <param name="toEntry">Reads the file of a record.</param>
    /// <param name="toLink">Makes the link of a file.</param>
    /// <param name="session">The session that sent the request.</param>
    /// <param name="toProblem">
    /// Makes the error of a file without a usable address, which it is given the name of.
    /// </param>
    private protected IResultPage<DownloadLink> ToPage(
        IReadOnlyList<TItem> items, Func<TItem, FileEntry> toEntry, Func<LinkFields, TItem, DownloadLink> toLink,
        TSession session, Func<string, ApiException> toProblem) => new LinkList<DownloadLink>(
            [.. items.Select(toEntry)], FallbackName, (file, index) => toLink(file, items[index]),
            Details with { Engine = Details.Engine ?? OnlyEngine(session.Service) }, toProblem,
            session.Service.Provider.HttpsHosts,
            Item.Ids.LogId is null ? session.Service.KindOf(Details.Type) : BackupKind.Log);

    private static string? OnlyEngine(BackupService service) => service.Engines.Count == 1 ? service.Engines[0] : null;

    private sealed class SinglePage(Func<CancellationToken, Task<IResultPage<DownloadLink>>> send)
        : IListing<DownloadLink>
    {
        public Task<IResultPage<DownloadLink>> NextAsync(
            CancellationToken cancellationToken) => send(cancellationToken);
    }
}
