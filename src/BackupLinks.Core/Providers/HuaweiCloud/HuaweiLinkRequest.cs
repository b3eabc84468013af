using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
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

    /// <summary>The version of the API, the first segment of the path.</summary>
    private protected virtual string Version => "v3";

    /// <summary>The path after the project, encoded.</summary>
    private protected abstract string Path { get; }

    /// <summary>The JSON to send; null for none.</summary>
    private protected virtual byte[]? Body => null;

    /// <summary>The backup or log, as it reads in a sentence.</summary>
    private protected abstract string Subject { get; }

    /// <summary>The name of the file in errors, where there is only one; null to name it by the response.</summary>
    private protected virtual string? OnlyFile => null;

    /// <summary>How to read the response.</summary>
    private protected abstract JsonTypeInfo<TResponse> ResponseType { get; }

    private protected sealed override async Task<IResultPage<DownloadLink>> SendAsync(
        HuaweiSession session, CancellationToken cancellationToken)
    {
        // An id that is not valid is an error before anything is sent.
        string path = Path;
        var project = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        var sent = session.GetHostTime();
        var response = await project.Service.SendAsync(
            Method, $"{Version}/{project.PathSegment}/{path}", Body, Subject,
            ResponseType, IsComplete, cancellationToken).ConfigureAwait(false);

        if (response is not null && FindFailure(response) is { } failure)
            throw failure;
        if (response is not null && GetPendingState(response) is { } state)
            return new PendingLinks(state);
        var origin = session.GetOrigin(project);
        IEnumerable<TItem?> items = response is null ? [] : GetItems(response);
        return ToPage(
            [.. items.Select(item => item ?? new TItem())],
            item => ToEntry(item, sent),
            (file, item) => ToLink(file, origin, response!, item),
            session,
            entry => project.Service.BadEntry(Subject, OnlyFile ?? entry));
    }

    /// <summary>False for JSON that is not a response to this request.</summary>
    private protected abstract bool IsComplete(TResponse response);

    /// <summary>The state of links that the service is making, in its word; null for links that are ready.</summary>
    private protected virtual string? GetPendingState(TResponse response) => null;

    /// <summary>The error of a response that says that there will be no links; null for others.</summary>
    private protected virtual ApiException? FindFailure(TResponse response) => null;

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
