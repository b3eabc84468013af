using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;

namespace BackupLinks.HuaweiCloud;

/// <summary>The lists of Huawei Cloud, which all go by <c>limit</c> and <c>offset</c>.</summary>
internal static class HuaweiList
{
    /// <summary>Prepares a list; nothing is sent yet.</summary>
    /// <param name="connection">The way to the service.</param>
    /// <param name="version">The API's version, the first segment of the path.</param>
    /// <param name="pathAndQuery">What follows the project, encoded, with or without a query.</param>
    /// <param name="limit">The most entries on a page.</param>
    /// <param name="subject">What is asked for, as it reads in a sentence.</param>
    /// <param name="type">How to read an answer.</param>
    /// <param name="id">The id of an entry.</param>
    /// <param name="create">Makes an entry of a record, of the place where it is; null for a record without an id.</param>
    public static Pager<T> Create<TAnswer, TRecord, T>(
        HuaweiSession connection, string version, string pathAndQuery, int limit, string subject,
        JsonTypeInfo<TAnswer> type, Func<T, string> id, Func<TRecord, HuaweiScope, T?> create)
        where TAnswer : class, IListResponse<TRecord>
        where TRecord : class
        where T : class
    {
        string query = (pathAndQuery.IndexOf('?') < 0 ? "?" : "&") + "limit=" + limit.ToString(CultureInfo.InvariantCulture);
        return new Pager<T>(limit, id, FetchPageAsync);

        async Task<ListPage<T>> FetchPageAsync(int? offset, CancellationToken cancellationToken)
        {
            var project = await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            string start = offset is { } skip ? "&offset=" + skip.ToString(CultureInfo.InvariantCulture) : "";
            var answer = await project.Service.SendAsync(
                HttpMethod.Get, $"{version}/{project.PathSegment}/{pathAndQuery}{query}{start}", null, subject,
                type, static read => read.Records is not null || read.Total is not null, cancellationToken).ConfigureAwait(false);
            if (answer is null)
                return ListPage<T>.Empty;
            var place = new HuaweiScope(connection.Region, project.Id);
            IEnumerable<TRecord?> records = answer.Records ?? [];
            T?[] entries = [.. records.Select(record => record is null ? null : create(record, place))];
            int nameless = entries.Count(entry => entry is null);
            return new ListPage<T>(entries, answer.Total, nameless == 0 ? null : project.Service.Nameless(subject, nameless));
        }
    }
}
