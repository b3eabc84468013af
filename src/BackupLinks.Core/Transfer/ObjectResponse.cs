using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Files;
using BackupLinks.Links;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>
/// A store's response with an object, or with a part of one; the body is still to be read.
/// </summary>
internal sealed class ObjectResponse : IDisposable
{
    private readonly HttpResponseMessage _response;
    private Stream? _body;

    /// <summary>Reads the headers.</summary>
    /// <param name="link">The link that was used.</param>
    /// <param name="response">The response.</param>
    /// <param name="requested">The part that was requested; null for all.</param>
    public ObjectResponse(LinkVersion link, HttpResponseMessage response, ByteRange? requested)
    {
        _response = response;
        Link = link;
        var content = response.Content.Headers;
        ETag = ObjectValidator.GetStrongTag(response);
        Validator = ObjectValidator.Read(response);
        LastModified = ObjectValidator.ReadModified(response);
        // Beside chunks a length means nothing (RFC 9112, 6.3).
        bool isChunked = response.Headers.TransferEncodingChunked == true;
        Length = isChunked ? null : content.ContentLength;
        HasEnd = Length is not null || isChunked;
        Requested = requested;
        HasSeveralLengths = ObjectValidator.HasSeveral(content, "Content-Length");
        IsWhole = Status == HttpStatusCode.OK && !NamesPart(content.ContentRange, Length)
            && !(requested is { } part && MayBePart(content, Length, part));
        Codings = ContentCodings.Read(response.Content);
        UnknownTransferCoding = response.Headers.TransferEncoding.Select(coding => coding.Value)
            .FirstOrDefault(name => !name.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("identity", StringComparison.OrdinalIgnoreCase));
        IsEncryptedByStore = response.Headers.Any(
            header => header.Key.IndexOf("server-side-encryption", StringComparison.OrdinalIgnoreCase) >= 0);
        // A body of several parts has headers of its own between the bytes.
        bool isPart = Status == HttpStatusCode.PartialContent && !ObjectValidator.HasSeveral(content, "Content-Range")
            && content.ContentType?.MediaType?.Equals("multipart/byteranges", StringComparison.OrdinalIgnoreCase)
                is not true;
        Part = isPart && content.ContentRange is { Unit: "bytes", From: { } from, To: { } to, Length: { } size }
            && from <= to && to < size && (Length is null || Length == to - from + 1)
            ? (new ByteRange(from, to + 1), size)
            : null;
        SaysEmpty = Status == HttpStatusCode.RequestedRangeNotSatisfiable
            && content.ContentRange is { Length: 0 };
        Checksums = ChecksumHeaders.Read(response, IsWhole || IsWholeAsPart);
    }

    /// <summary>The link that was used.</summary>
    public LinkVersion Link { get; }

    /// <summary>200, 206 or 416.</summary>
    public HttpStatusCode Status => _response.StatusCode;

    /// <summary>The host that responded, and its proxy.</summary>
    public Responder Sender => Responder.Of(_response, Link.Uri);

    /// <summary>True when the body is the whole object, by the status and by all headers.</summary>
    public bool IsWhole { get; }

    /// <summary>The strong entity tag, in quotes; null for none, or a weak one.</summary>
    public string? ETag { get; }

    /// <summary>
    /// The <see cref="ObjectValidator"/>; null when the response does not prove which version it is of.
    /// </summary>
    public string? Validator { get; }

    /// <summary>When the object was stored; null when the store does not say.</summary>
    public DateTimeOffset? LastModified { get; }

    /// <summary>The bytes of the body, by the store's word; null when it gives none.</summary>
    public long? Length { get; }

    /// <summary>The part that was requested; null for all.</summary>
    public ByteRange? Requested { get; }

    /// <summary>True for different lengths, of which none can be believed (RFC 9112, 6.3).</summary>
    public bool HasSeveralLengths { get; }

    /// <summary>True when the end of the body can be told from a connection that broke.</summary>
    public bool HasEnd { get; }

    /// <summary>How the store says that the object is coded, innermost first; empty for as it is.</summary>
    public IReadOnlyList<string> Codings { get; }

    /// <summary>A transfer coding that no client can undo; null for none.</summary>
    public string? UnknownTransferCoding { get; }

    /// <summary>True for an object whose entity tag is not its MD5, because the store encrypts it.</summary>
    public bool IsEncryptedByStore { get; }

    /// <summary>The checksums of the whole object in the headers, also in the response with a part.</summary>
    public IReadOnlyList<StatedChecksum> Checksums { get; }

    /// <summary>
    /// The part of the object that the body is, by the store's word, and the size of the object; null when the
    /// response is not a part, or its <c>Content-Range</c> does not make sense.
    /// </summary>
    public (ByteRange Range, long Size)? Part { get; }

    /// <summary>True for a part that is the whole object. One that was coded on its way is not.</summary>
    public bool IsWholeAsPart => Part is { Range.Start: 0 } part && part.Range.End == part.Size
        && (Codings.Count == 0 || Length is not null);

    /// <summary>True when the response says that its body is a web page.</summary>
    public bool IsPage =>
        _response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() is "text/html" or "application/xhtml+xml";

    /// <summary>True when the store says that the object has no bytes.</summary>
    public bool SaysEmpty { get; }

    /// <summary>All bytes of the object, by the store's word; null when it does not say.</summary>
    public long? TotalSize => Part?.Size ?? (IsWhole ? Length : null);

    /// <summary>True when the body begins with the object's first byte.</summary>
    public bool IsBeginning => IsWhole || Part is { Range.Start: 0 };

    /// <summary>Which object this is, or is a part of.</summary>
    public ObjectIdentity GetIdentity(long size) => new(PresignedUri.Redact(Link.Uri), Validator, size);

    /// <summary>Opens the body, as it is stored.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken) =>
        _body ??= await HttpBody.OpenAsync(_response.Content, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the first bytes, which <see cref="OpenAsync"/> gives again.</summary>
    /// <param name="buffer">Takes them.</param>
    /// <param name="goesOn">True while more of them are needed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>How many there are, and whether the body has no more.</returns>
    public async Task<(int Count, bool IsAll)> PeekAsync(
        byte[] buffer, Func<int, bool> goesOn, CancellationToken cancellationToken)
    {
        var body = Stream.Null;
        int count = 0;
        bool isAll = false;
        Exception? failure = null;
        try
        {
            body = await OpenAsync(cancellationToken).ConfigureAwait(false);
            byte[] block = new byte[buffer.Length];
            while (!isAll && count < buffer.Length && goesOn(count))
            {
                int read = await HttpBody.ReadAsync(body, block, buffer.Length - count, cancellationToken)
                    .ConfigureAwait(false);
                Array.Copy(block, 0, buffer, count, read);
                count += read;
                isAll = read == 0;
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            _body = new PeekedBody(new ArraySegment<byte>(buffer, 0, count), body, failure);
        }

        return (count, isAll || count == Length);
    }

    public void Dispose()
    {
        _body?.Dispose();
        _response.Dispose();
    }

    // 200 to a request for a part: all of the object, or a part whose status was lost. Only all of it has another
    // length, and no range.
    private static bool MayBePart(HttpContentHeaders content, long? length, ByteRange requested)
    {
        if (length == requested.Length)
            return true;
        bool hasRange = content.TryGetValues("Content-Range", out var values) && values.Any();
        return hasRange && (content.ContentRange?.Length is not { } size || (length is not null && length != size));
    }

    // Some gateways make 200 of 206. A length that is that of the object makes the range meaningless instead.
    private static bool NamesPart(ContentRangeHeaderValue? range, long? length) =>
        range is { From: { } from, To: { } to }
        && (from > 0 || to + 1 < range.Length) && (length is null || length != range.Length);
}
