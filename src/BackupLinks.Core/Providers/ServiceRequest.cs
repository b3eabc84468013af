using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;

namespace BackupLinks.Providers;

/// <summary>A request to a service. It may be sent any number of times, by a command or for a renewal.</summary>
/// <typeparam name="TResult">The kind of result.</typeparam>
internal abstract record ServiceRequest<TResult>
    where TResult : class
{
    /// <summary>The item of the request, for errors and warnings.</summary>
    public abstract RequestItem Item { get; }

    /// <summary>Begins to send the request: the results are then read page by page.</summary>
    /// <param name="session">A session with the request's service.</param>
    /// <exception cref="Errors.ApiException">
    /// <see cref="Errors.ErrorKind.InvalidRequest"/>: an id is not valid.
    /// </exception>
    public IListing<TResult> Open(ServiceSession session) => new OwnListing(Begin(session), session.ResourceOrigin);

    /// <summary>Sends the request, and returns its first page, which is all that a request for links has.</summary>
    /// <exception cref="Errors.ApiException">The request was refused, failed, or the response is unusable.</exception>
    public Task<IResultPage<TResult>> SendAsync(ServiceSession session, CancellationToken cancellationToken) =>
        Open(session).NextAsync(cancellationToken);

    /// <inheritdoc cref="Open"/>
    private protected abstract IListing<TResult> Begin(ServiceSession session);

    // An object remembers what it was requested with.
    private sealed class OwnListing(IListing<TResult> listing, ResourceOrigin? origin) : IListing<TResult>
    {
        public async Task<IResultPage<TResult>> NextAsync(CancellationToken cancellationToken)
        {
            var page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            foreach (var resource in page.Results.OfType<CloudResource>())
                resource.Origin = origin;
            return page;
        }
    }
}
