using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// The checksums of a whole object in the headers of a response with it, or with a part of it. One header states one:
/// of several algorithms the one that says most. A value that cannot be read, or that another of the header
/// contradicts, states nothing.
/// </summary>
internal static class ChecksumHeaders
{
    // A name that begins with a dash has the store's own prefix in front. The CRC of the vendors is CRC-64/XZ, which
    // they call ECMA.
    private static readonly Header[] Known =
    [
        new("-hash-crc64ecma", IsOfBody: false, ChecksumOrigin.Store, One(ChecksumAlgorithm.Crc64)),
        new("x-amz-checksum-sha256", IsOfBody: true, ChecksumOrigin.Store, One(ChecksumAlgorithm.Sha256)),
        new("x-ms-blob-content-md5", IsOfBody: false, ChecksumOrigin.Store, One(ChecksumAlgorithm.Md5)),
        new("x-goog-hash", IsOfBody: false, ChecksumOrigin.Store, Best),
        // RFC 9530: the first is of the whole, also beside a part of it; the second of what is sent.
        new("Repr-Digest", IsOfBody: false, ChecksumOrigin.Sender, Best),
        new("Content-Digest", IsOfBody: true, ChecksumOrigin.Sender, Best),
        // RFC 3230 and RFC 1864, which it replaces. The first is of the whole, and that of what they send for many.
        new("Digest", IsOfBody: true, ChecksumOrigin.Sender, Best),
        new("Content-MD5", IsOfBody: true, ChecksumOrigin.Sender, One(ChecksumAlgorithm.Md5)),
    ];

    private static readonly (string Name, string Algorithm)[] BestFirst =
        [("sha-256", ChecksumAlgorithm.Sha256), ("md5", ChecksumAlgorithm.Md5)];

    /// <summary>Reads the headers.</summary>
    /// <param name="response">The response.</param>
    /// <param name="isWhole">True when its body is the whole object.</param>
    public static IReadOnlyList<StatedChecksum> Read(HttpResponseMessage response, bool isWhole)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToArray();
        // Google Cloud Storage decompresses for a client that takes no gzip; its checksums are of what is stored.
        bool isOther = headers.Any(header =>
            header.Key.Equals("x-goog-stored-content-encoding", StringComparison.OrdinalIgnoreCase)
            && header.Value.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)
                && !response.Content.Headers.ContentEncoding.Contains(coding)));
        return isOther ? [] :
        [
            .. Known.Where(known => isWhole || !known.IsOfBody)
                .Select(known => Single(headers
                    .Where(header => known.HasName(header.Key))
                    .Select(header => known.Read(string.Join(",", header.Value)) is var (algorithm, value)
                        ? new StatedChecksum(algorithm, value, known.Origin) : null)))
                .OfType<StatedChecksum>(),
        ];
    }

    private static StatedChecksum? Single(IEnumerable<StatedChecksum?> found) =>
        found.Distinct().ToArray() is [{ } one] ? one : null;

    private static Func<string, (string, string)?> One(string algorithm) => text =>
        Single(text.Split(',').Select(value => Normalize(algorithm, value))) is { } value ? (algorithm, value) : null;

    // A dictionary of RFC 9651, with byte sequences in colons; the older headers have none.
    private static (string, string)? Best(string text)
    {
        (string Name, string Value)[] members =
        [
            .. text.Split(',').Select(member => member.Split(['='], 2)).Where(pair => pair.Length == 2)
                .Select(pair => (pair[0].Trim(), pair[1].Split(';')[0].Trim().Trim(':'))),
        ];
        foreach (var (name, algorithm) in BestFirst)
        {
            var values = members.Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(member => Normalize(algorithm, member.Value));
            if (Single(values) is { } value)
                return (algorithm, value);
        }

        return null;
    }

    private static string? Single(IEnumerable<string?> values) => values.Distinct().ToArray() is [{ } one] ? one : null;

    private static string? Normalize(string algorithm, string text)
    {
        if (algorithm == ChecksumAlgorithm.Crc64)
            return ChecksumAlgorithm.Normalize(algorithm, text);
        try
        {
            return ChecksumAlgorithm.Normalize(algorithm, Hex.Encode(Convert.FromBase64String(text.Trim())));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Header(
        string Name, bool IsOfBody, ChecksumOrigin Origin, Func<string, (string Algorithm, string Value)?> Read)
    {
        public bool HasName(string name) => Name[0] == '-'
            ? name.EndsWith(Name, StringComparison.OrdinalIgnoreCase)
            : name.Equals(Name, StringComparison.OrdinalIgnoreCase);
    }
}
