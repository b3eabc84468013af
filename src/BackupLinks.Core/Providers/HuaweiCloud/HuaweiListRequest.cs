using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud;

/// <summary>
/// A request for a list of a service of Huawei Cloud. All of them are paged by <c>limit</c> and <c>offset</c>.
/// </summary>
/// <typeparam name="TResponse">The response.</typeparam>
/// <typeparam name="TRecord">An entry of the response.</typeparam>
/// <typeparam name="TResult">The kind of result.</typeparam>
internal abstract record HuaweiListRequest<TResponse, TRecord, TResult> : ServiceRequest<TResult>
    where TResponse : class, IListResponse<TRecord>
    where TRecord : class
    where TResult : class
{
    /// <summary>The version of the API, the first segment of the path.</summary>
    private protected virtual string Version => "v3";

    /// <summary>The most entries on a page.</summary>
    private protected virtual int PageSize => 100;

    /// <summary>The list, as it reads in a sentence.</summary>
    private protected abstract string Subject { get; }

    /// <summary>How to read the response.</summary>
    private protected abstract JsonTypeInfo<TResponse> ResponseType { get; }

    private protected sealed override IListing<TResult> Begin(ServiceSession session) => Open((HuaweiSession)session);

    /// <summary>Begins to send the request.</summary>
    private protected abstract IListing<TResult> Open(HuaweiSession session);

    /// <summary>Makes an entry; null for a record without an id.</summary>
    /// <param name="record">The record.</param>
    /// <param name="scope">The region and the project of the session.</param>
    private protected abstract TResult? ToResult(TRecord record, HuaweiScope scope);

    /// <summary>Prepares the pages; nothing is sent yet.</summary>
    /// <param name="session">The session.</param>
    /// <param name="pathAndQuery">The path after the project, encoded, with or without a query.</param>
    /// <param name="id">The id of an entry.</param>
    /// <param name="known">The ids of the lists before this one, which it leaves out; null for none.</param>
    private protected Pager<TResult> Page(
        HuaweiSession session, string pathAndQuery, Func<TResult, string> id, HashSet<string>? known = null)
    {
        string query = (pathAndQuery.IndexOf('?') < 0 ? "?" : "&") + "limit="
            + PageSize.ToString(CultureInfo.InvariantCulture);
        return new Pager<TResult>(PageSize, id, FetchPageAsync) { Known = known };

        async Task<ListPage<TResult>> FetchPageAsync(int? offset, CancellationToken cancellationToken)
        {
            var project = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            string start = offset is { } skip ? "&offset=" + skip.ToString(CultureInfo.InvariantCulture) : "";
            var response = await project.Service.SendAsync(
                HttpMethod.Get, $"{Version}/{project.PathSegment}/{pathAndQuery}{query}{start}", null, Subject,
                ResponseType, static read =>
                    read.Records is not null || read.Total is not null, cancellationToken).ConfigureAwait(false);
            if (response is null)
                return ListPage<TResult>.Empty;
            var scope = new HuaweiScope(session.Region, project.Id);
            return ListPage<TResult>.Of(
                response.Records, record => ToResult(record, scope), response.Total,
                nameless => project.Service.Nameless(Subject, nameless));
        }
    }
}
