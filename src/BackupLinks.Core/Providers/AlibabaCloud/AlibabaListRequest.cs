using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// A request for a list of a service of Alibaba Cloud. All of them are paged by <c>PageSize</c> and the number of the
/// page, from 1.
/// </summary>
/// <typeparam name="TResponse">The response.</typeparam>
/// <typeparam name="TRecord">An entry of the response.</typeparam>
/// <typeparam name="TResult">The kind of result.</typeparam>
internal abstract record AlibabaListRequest<TResponse, TRecord, TResult> : ServiceRequest<TResult>
    where TResponse : class, IListResponse<TRecord>
    where TRecord : class
    where TResult : class
{
    /// <summary>The most entries on a page, one of the numbers that the action takes.</summary>
    private protected virtual int PageSize => 100;

    /// <summary>The HTTP method; the parameters are in the query also of a POST.</summary>
    private protected virtual HttpMethod Method => HttpMethod.Get;

    /// <summary>The parameter with the number of the page.</summary>
    private protected virtual string PageParameter => "PageNumber";

    /// <summary>The list, as it reads in a sentence.</summary>
    private protected abstract string Subject { get; }

    /// <summary>How to read the response.</summary>
    private protected abstract JsonTypeInfo<TResponse> ResponseType { get; }

    /// <summary>False for JSON that is not a response to this request.</summary>
    private protected virtual bool IsComplete(TResponse response) =>
        response.Records is not null || response.Total is not null;

    private protected sealed override IListing<TResult> Begin(ServiceSession session) => Open((AlibabaSession)session);

    /// <summary>Begins to send the request.</summary>
    private protected abstract IListing<TResult> Open(AlibabaSession session);

    /// <summary>Makes an entry; null for a record without an id.</summary>
    /// <param name="record">The record.</param>
    /// <param name="region">The region of the session.</param>
    private protected abstract TResult? ToResult(TRecord record, string? region);

    /// <summary>Prepares the pages; nothing is sent yet.</summary>
    /// <param name="session">The session.</param>
    /// <param name="action">The action.</param>
    /// <param name="parameters">Its parameters, not encoded; null for one that is not sent.</param>
    /// <param name="id">The id of an entry.</param>
    /// <param name="known">The ids of the lists before it, whose entries it leaves out; null for none.</param>
    private protected Pager<TResult> Page(
        AlibabaSession session, string action, IEnumerable<(string Name, string? Value)> parameters,
        Func<TResult, string> id, HashSet<string>? known = null)
    {
        string path = AlibabaSession.PathTo(action, parameters) + $"&PageSize={Text(PageSize)}&{PageParameter}=";
        return new Pager<TResult>(PageSize, id, FetchAsync) { CountsPages = true, Known = known };

        async Task<ListPage<TResult>> FetchAsync(int? page, CancellationToken cancellationToken)
        {
            var response = await session.Client.SendAsync(
                Method, path + Text(page ?? 1), null, Subject, ResponseType, IsComplete, cancellationToken)
                .ConfigureAwait(false);
            if (response is null)
                return ListPage<TResult>.Empty;
            return ListPage<TResult>.Of(
                response.Records, record => ToResult(record, session.Region), response.Total,
                nameless => session.Client.Nameless(Subject, nameless));
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
