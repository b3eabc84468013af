using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using BackupLinks.Links;

namespace BackupLinks.Transfer;

/// <summary>What a store answered to a request for an object, or for a part of one; the body is still to be read.</summary>
/// <param name="link">The link that was used.</param>
/// <param name="response">The answer.</param>
internal sealed class ObjectAnswer(LeasedLink link, HttpResponseMessage response) : IDisposable
{
    /// <summary>The link that was used.</summary>
    public LeasedLink Link => link;

    /// <summary>200, 206, 412 or 416.</summary>
    public HttpStatusCode Status => response.StatusCode;

    /// <summary>The body.</summary>
    public HttpContent Content => response.Content;

    /// <summary>The host that answered.</summary>
    public string Host => link.Uri.Authority;

    /// <summary>True when the body is the whole object.</summary>
    public bool IsWhole => Status == HttpStatusCode.OK;

    /// <summary>The strong entity tag, in quotes; null for none, or a weak one.</summary>
    public string? ETag => response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    /// <summary>When the object was stored; null when the store does not say.</summary>
    public DateTimeOffset? LastModified => response.Content.Headers.LastModified;

    /// <summary>The bytes of the body, by the store's word; null when it gives none.</summary>
    public long? Length => response.Content.Headers.ContentLength;

    /// <summary>True when the end of the body can be told from a connection that broke.</summary>
    public bool HasEnd => Length is not null || response.Headers.TransferEncodingChunked == true;

    /// <summary>How the body is coded, innermost first; empty for as it is.</summary>
    public string[] Encodings => [.. response.Content.Headers.ContentEncoding.Where(name => !string.Equals(name, "identity", StringComparison.OrdinalIgnoreCase))];

    /// <summary>True for an object whose entity tag is not its MD5, because the store encrypts it.</summary>
    public bool IsEncryptedByStore => response.Headers.Any(header =>
        header.Key.IndexOf("server-side-encryption", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>True for a page that a portal or gateway shows in the place of an object.</summary>
    public bool LooksLikePage => response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";

    /// <summary>
    /// The part of the object that the body is, by the store's word, and the size of the object; null when the
    /// answer is not a part, or its <c>Content-Range</c> does not make sense.
    /// </summary>
    public (ByteRange Range, long Size)? Part =>
        Status == HttpStatusCode.PartialContent
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from, To: { } to, Length: { } size }
        && from <= to && to < size && (Length is null || Length == to - from + 1)
            ? (new ByteRange(from, to + 1), size)
            : null;

    /// <summary>True when the store says that the object has no bytes.</summary>
    public bool SaysEmpty => Status == HttpStatusCode.RequestedRangeNotSatisfiable
        && response.Content.Headers.ContentRange is null or { Length: 0 };

    /// <summary>Which object this is a part of, when the part makes sense.</summary>
    public ObjectIdentity GetIdentity(long size) => new(PresignedUri.Redact(link.Uri), ETag, size);

    public void Dispose() => response.Dispose();
}
