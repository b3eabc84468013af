using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud;

/// <summary>A request for links to a service of Huawei Cloud.</summary>
/// <typeparam name="TResponse">The response; an empty one stands for status 204.</typeparam>
/// <typeparam name="TItem">The record of a file in the response.</typeparam>
internal abstract record HuaweiLinkRequest<TResponse, TItem> : LinkRequest<HuaweiSession, TItem>
    where TResponse : class, new()
    where TItem : class, new()
{
    /// <summary>The HTTP method.</summary>
    private protected virtual HttpMethod Method => HttpMethod.Get;

    /// <summary>
    /// The HTTP method of the request that is sent while the service makes the links; null for the same as the first.
    /// </summary>
    private protected virtual HttpMethod? WaitMethod => null;

    /// <summary>The version of the API, the first segment of the path.</summary>
    private protected virtual string Version => "v3";

    /// <summary>The path after the project, encoded.</summary>
    private protected abstract string Path { get; }

    /// <summary>The path for a request of a session, where it has a time of the service's clock.</summary>
    private protected virtual string GetPath(HuaweiSession session) => Path;

    /// <summary>The JSON to send; null for none.</summary>
    private protected virtual byte[]? Body => null;

    /// <summary>The backup or log, as it reads in a sentence.</summary>
    private protected abstract string Subject { get; }

    /// <summary>The name of the file in errors, where there is only one; null to name it by the response.</summary>
    private protected virtual string? OnlyFile => null;

    /// <summary>How to read the response.</summary>
    private protected abstract JsonTypeInfo<TResponse> ResponseType { get; }

    private protected sealed override Task<IResultPage<DownloadLink>> SendAsync(
        HuaweiSession session, CancellationToken cancellationToken) =>
        SendAsync(session, Method, cancellationToken);

    private async Task<IResultPage<DownloadLink>> SendAsync(
        HuaweiSession session, HttpMethod method, CancellationToken cancellationToken)
    {
        // An id that is not valid is an error before anything is sent.
        string? path = GetPath(session);
        var project = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        var sent = session.GetHostTime();
        TResponse? response = null;
        for (int page = 1; path is not null; page++)
        {
            response = await project.Service.SendAsync(
                method, $"{Version}/{project.PathSegment}/{path}", method == HttpMethod.Get ? null : Body, Subject,
                ResponseType, found => IsComplete(found, method), cancellationToken).ConfigureAwait(false);
            path = response is null ? null : GetNextPath(response, page, session);
        }

        if (response is not null && FindFailure(response, project.Service) is { } failure)
            throw failure;
        var read = response ?? new TResponse();
        if (GetPendingState(read, method) is { } state)
        {
            return new PendingLinks(state)
            {
                SendAsync = WaitMethod is { } wait ? stop => SendAsync(session, wait, stop) : null,
                Made = HasResult(read) ? Make : null,
            };
        }

        return Make();

        IResultPage<DownloadLink> Make()
        {
            var origin = session.GetOrigin(project);
            return ToPage(
                [.. GetItems(read).Select(item => item ?? new TItem())],
                item => ToEntry(item, sent) with { Failure = FindFailure(item, project.Service) },
                (file, item) => ToLink(file, origin, read, item),
                session,
                entry => project.Service.BadEntry(Subject, OnlyFile ?? entry));
        }
    }

    /// <summary>False for JSON that is not a response to this request.</summary>
    /// <param name="response">The JSON.</param>
    /// <param name="method">The method that it came to: <see cref="Method"/>, or that of a wait.</param>
    private protected abstract bool IsComplete(TResponse response, HttpMethod method);

    /// <summary>
    /// The path of the next page, for files that are looked for in a list; null when there is none, or none is needed.
    /// </summary>
    /// <param name="response">The page.</param>
    /// <param name="page">Its number, from 1.</param>
    /// <param name="session">The session.</param>
    private protected virtual string? GetNextPath(TResponse response, int page, HuaweiSession session) => null;

    /// <summary>The state of links that the service is making, in its word; null for links that are ready.</summary>
    /// <param name="response">The response; an empty one for status 204.</param>
    /// <param name="method">The method of its request.</param>
    private protected virtual string? GetPendingState(TResponse response, HttpMethod method) => null;

    /// <summary>
    /// True for a response that is of use though links are missing: it has others, or none will follow.
    /// </summary>
    private protected virtual bool HasResult(TResponse response) => false;

    /// <summary>The error of a response that says that there will be no links; null for others.</summary>
    private protected virtual ApiException? FindFailure(TResponse response, ApiClient service) => null;

    /// <summary>The error of a record that says why it has no link; null for others.</summary>
    private protected virtual ApiException? FindFailure(TItem item, ApiClient service) => null;

    /// <summary>The files.</summary>
    private protected abstract IEnumerable<TItem?> GetItems(TResponse response);

    /// <summary>Reads the file of a record.</summary>
    /// <param name="item">The record.</param>
    /// <param name="sent">The time of the request, by the service's clock.</param>
    private protected abstract FileEntry ToEntry(TItem item, DateTimeOffset sent);

    /// <summary>Makes the link of a file.</summary>
    private protected abstract DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, TResponse response, TItem item);
}
