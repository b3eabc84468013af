using System;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline;

/// <summary>A request for a list of a service of Capital Online. All of them are whole, on one page.</summary>
/// <typeparam name="TResponse">The response.</typeparam>
/// <typeparam name="TRecord">An entry of the response.</typeparam>
/// <typeparam name="TResult">The kind of result.</typeparam>
internal abstract record CapitalOnlineListRequest<TResponse, TRecord, TResult> : ServiceRequest<TResult>
    where TResponse : class, ICapitalOnlineResponse, IListResponse<TRecord>
    where TRecord : class
    where TResult : class
{
    /// <summary>The list, as it reads in a sentence.</summary>
    private protected abstract string Subject { get; }

    /// <summary>How to read the response.</summary>
    private protected abstract JsonTypeInfo<TResponse> ResponseType { get; }

    private protected sealed override IListing<TResult> Begin(ServiceSession session) =>
        Open((CapitalOnlineSession)session);

    /// <summary>Begins to send the request.</summary>
    private protected abstract IListing<TResult> Open(CapitalOnlineSession session);

    /// <summary>Makes an entry; null for a record without an id.</summary>
    private protected abstract TResult? ToResult(TRecord record);

    /// <summary>Prepares the one page; nothing is sent yet.</summary>
    /// <param name="session">The session.</param>
    /// <param name="action">The action with its parameters, encoded.</param>
    /// <param name="id">The id of an entry.</param>
    private protected Pager<TResult> Page(CapitalOnlineSession session, string action, Func<TResult, string> id)
    {
        // No page is full, so that there is no second page.
        return new Pager<TResult>(int.MaxValue, id, FetchAsync);

        async Task<ListPage<TResult>> FetchAsync(int? offset, CancellationToken cancellationToken)
        {
            var response = await session.Client.SendAsync(
                HttpMethod.Get, session.PathTo(action), null, Subject, ResponseType,
                static read => read.Code == CapitalOnlineCodes.Success, cancellationToken).ConfigureAwait(false);
            return ListPage<TResult>.Of(
                response?.Records, ToResult, null, nameless => session.Client.Nameless(Subject, nameless));
        }
    }
}
