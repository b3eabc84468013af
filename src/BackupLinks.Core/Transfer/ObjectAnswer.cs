using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using BackupLinks.Links;

namespace BackupLinks.Transfer;

/// <summary>What a store answered to a request for an object, or for a part of one; the body is still to be read.</summary>
internal sealed class ObjectAnswer : IDisposable
{
    private readonly HttpResponseMessage _response;

    /// <summary>Reads the headers.</summary>
    /// <param name="link">The link that was used.</param>
    /// <param name="response">The answer.</param>
    public ObjectAnswer(LeasedLink link, HttpResponseMessage response)
    {
        _response = response;
        Link = link;
        var content = response.Content.Headers;
        ETag = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;
        LastModified = content.LastModified;
        Length = content.ContentLength;
        HasEnd = Length is not null || response.Headers.TransferEncodingChunked == true;
        Encodings = [.. content.ContentEncoding.Where(name => !string.Equals(name, "identity", StringComparison.OrdinalIgnoreCase))];
        IsEncryptedByStore = response.Headers.Any(header => header.Key.IndexOf("server-side-encryption", StringComparison.OrdinalIgnoreCase) >= 0);
        LooksLikePage = content.ContentType?.MediaType is "text/html" or "application/xhtml+xml";
        Part = Status == HttpStatusCode.PartialContent
            && content.ContentRange is { Unit: "bytes", From: { } from, To: { } to, Length: { } size }
            && from <= to && to < size && (Length is null || Length == to - from + 1)
            ? (new ByteRange(from, to + 1), size)
            : null;
        SaysEmpty = Status == HttpStatusCode.RequestedRangeNotSatisfiable && content.ContentRange is null or { Length: 0 };
    }

    /// <summary>The link that was used.</summary>
    public LeasedLink Link { get; }

    /// <summary>200, 206, 412 or 416.</summary>
    public HttpStatusCode Status => _response.StatusCode;

    /// <summary>The body.</summary>
    public HttpContent Content => _response.Content;

    /// <summary>The host that answered.</summary>
    public string Host => Link.Uri.Authority;

    /// <summary>True when the body is the whole object.</summary>
    public bool IsWhole => Status == HttpStatusCode.OK;

    /// <summary>The strong entity tag, in quotes; null for none, or a weak one.</summary>
    public string? ETag { get; }

    /// <summary>When the object was stored; null when the store does not say.</summary>
    public DateTimeOffset? LastModified { get; }

    /// <summary>The bytes of the body, by the store's word; null when it gives none.</summary>
    public long? Length { get; }

    /// <summary>True when the end of the body can be told from a connection that broke.</summary>
    public bool HasEnd { get; }

    /// <summary>How the body is coded, innermost first; empty for as it is.</summary>
    public IReadOnlyList<string> Encodings { get; }

    /// <summary>True for an object whose entity tag is not its MD5, because the store encrypts it.</summary>
    public bool IsEncryptedByStore { get; }

    /// <summary>True for a page that a portal or gateway shows in the place of an object.</summary>
    public bool LooksLikePage { get; }

    /// <summary>
    /// The part of the object that the body is, by the store's word, and the size of the object; null when the
    /// answer is not a part, or its <c>Content-Range</c> does not make sense.
    /// </summary>
    public (ByteRange Range, long Size)? Part { get; }

    /// <summary>True when the store says that the object has no bytes.</summary>
    public bool SaysEmpty { get; }

    /// <summary>Which object this is, or is a part of.</summary>
    public ObjectIdentity GetIdentity(long size) => new(PresignedUri.Redact(Link.Uri), ETag, size);

    public void Dispose() => _response.Dispose();
}
