using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;

namespace BackupLinks.Transfer;

/// <summary>
/// The meaning of <c>Content-Encoding</c> in the response to a request that accepts no coding. Stores keep it as a
/// label that the uploader chose, and return the stored bytes with it; a few proxies compress on the way regardless.
/// </summary>
internal static class ContentCodings
{
    private static readonly HashSet<string> Codings = new(StringComparer.OrdinalIgnoreCase)
    {
        "gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz",
    };

    private static readonly HashSet<string> CompressedExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".gz", ".gzip", ".tgz", ".taz", ".svgz", ".z", ".zst", ".zstd", ".tzst", ".br", ".xz", ".txz", ".lzma", ".bz2",
        ".tbz", ".tbz2",
        ".lz", ".lz4", ".lzo", ".sz", ".zip", ".7z", ".rar", ".qp", ".xb", ".xbstream",
    };

    /// <summary>
    /// The codings of a body, innermost first. Labels that are no coding of RFC 9110 (<c>aws-chunked</c>, <c>utf-8</c>,
    /// <c>none</c>, <c>identity</c>) are left out.
    /// </summary>
    public static IReadOnlyList<string> Read(HttpContent content) =>
        [.. content.Headers.TryGetValues("Content-Encoding", out var values)
            ? values.SelectMany(value => value.Split(',')).Select(value => value.Trim()).Where(Codings.Contains)
            : []];

    /// <summary>True for a name that says that the file is compressed.</summary>
    public static bool IsCompressedName(string fileName) => CompressedExtensions.Contains(Path.GetExtension(fileName));

    /// <summary>
    /// True when a body is to be decoded: a whole body that a proxy compressed with gzip alone, as far as anything
    /// says, or that has another length than the provider states of the file. The stored bytes are saved in every other
    /// case.
    /// </summary>
    public static bool ShouldDecode(ObjectResponse response, TransferSource source)
    {
        if (!response.IsWhole || !IsGzipAlone(response))
            return false;
        if (IsCompressedName(source.FileName))
            return false;
        if (response.Length is not { } length)
            return true;
        return source.Size is null ? response.ETag is null : !source.Fits(length);
    }

    /// <summary>True for a body with the label gzip and no other.</summary>
    public static bool IsGzipAlone(ObjectResponse response) =>
        response.Codings.Count == 1 && IsGzip(response.Codings[0]);

    private static bool IsGzip(string coding) =>
        coding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
        || coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);
}
