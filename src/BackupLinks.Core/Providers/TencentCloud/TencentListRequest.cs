using System;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>
/// A request for a list of a service of Tencent Cloud. All of them are paged by <c>Limit</c> and <c>Offset</c>; the
/// offset counts entries, or pages from 0.
/// </summary>
/// <typeparam name="TResponse">The response.</typeparam>
/// <typeparam name="TRecord">An entry of the response.</typeparam>
/// <typeparam name="TResult">The kind of result.</typeparam>
internal abstract record TencentListRequest<TResponse, TRecord, TResult> : ServiceRequest<TResult>
    where TResponse : TencentResponse, IListResponse<TRecord>
    where TRecord : class
    where TResult : class
{
    /// <summary>The list, as it reads in a sentence.</summary>
    private protected abstract string Subject { get; }

    /// <summary>How to read the response.</summary>
    private protected abstract JsonTypeInfo<TencentEnvelope<TResponse>> ResponseType { get; }

    private protected sealed override IListing<TResult> Begin(ServiceSession session) => Open((TencentSession)session);

    /// <summary>Begins to send the request.</summary>
    private protected abstract IListing<TResult> Open(TencentSession session);

    /// <summary>Prepares the pages; nothing is sent yet.</summary>
    /// <param name="session">The session.</param>
    /// <param name="call">The action.</param>
    /// <param name="toEntry">Makes an entry; null for a record without an id.</param>
    /// <param name="id">The id of an entry.</param>
    /// <typeparam name="T">The kind of entry.</typeparam>
    private protected Pager<T> Page<T>(
        TencentSession session, TencentCall call, Func<TRecord, T?> toEntry, Func<T, string> id)
        where T : class
    {
        return new Pager<T>(call.PageSize, id, FetchAsync)
        {
            CountsPages = call.CountsPages, FirstPage = 0, IsAligned = !call.CountsPages,
        };

        async Task<ListPage<T>> FetchAsync(int? offset, CancellationToken cancellationToken)
        {
            var parameters = call.Parameters.DeepClone().AsObject();
            parameters["Limit"] = call.PageSize;
            if (offset is not null)
                parameters["Offset"] = offset;
            var response = await session.SendAsync(
                call.Action, parameters, Subject, ResponseType,
                static read => read.Records is not null || read.Total == 0, cancellationToken)
                .ConfigureAwait(false);
            return response is null
                ? ListPage<T>.Empty
                : ListPage<T>.Of(
                    response.Records, toEntry, response.Total,
                    nameless => session.Client.Nameless(Subject, nameless));
        }
    }

    /// <summary>Prepares the pages of the records themselves.</summary>
    /// <param name="session">The session.</param>
    /// <param name="call">The action.</param>
    /// <param name="idOf">The id of a record; null for none.</param>
    private protected Pager<TRecord> PageRecords(
        TencentSession session, TencentCall call, Func<TRecord, string?> idOf) =>
        Page(session, call, record => idOf(record) is null ? null : record, record => idOf(record)!);

    /// <summary>Finds a record in the list; null for none.</summary>
    /// <param name="pager">The pages.</param>
    /// <param name="isWanted">True for the record.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    private protected static async Task<TRecord?> FindAsync(
        Pager<TRecord> pager, Func<TRecord, bool> isWanted, CancellationToken cancellationToken)
    {
        while (!pager.IsAtEnd)
        {
            var page = await pager.NextAsync(cancellationToken).ConfigureAwait(false);
            if (page.Entries.OfType<TRecord>().FirstOrDefault(isWanted) is { } found)
                return found;
        }

        return null;
    }
}
