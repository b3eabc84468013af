using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud.Signing;

/// <summary>
/// Alibaba Cloud's request signature version 3, ACS3-HMAC-SHA256. The key is the bare secret; no key is derived from
/// it. Source: "V3 request structure and signature"; the vendor's <c>openapi-core</c>.
/// </summary>
internal static class AlibabaSigner
{
    /// <summary>The prefix of the headers that are signed, besides host and content type.</summary>
    public const string HeaderPrefix = "x-acs-";

    private const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>The hash of a body, which a header carries: lower-case hexadecimal.</summary>
    public static string HashBody(byte[] body) => Hex.Sha256(body);

    /// <summary>The request in the form that is hashed.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, encoded.</param>
    /// <param name="canonicalQuery">The query of <see cref="Http.QuerySignature.CanonicalQuery"/>.</param>
    /// <param name="headers">The headers; those that are not signed are skipped.</param>
    /// <param name="bodyHash">The hash of <see cref="HashBody"/>.</param>
    public static string CanonicalRequest(
        string method, string path, string canonicalQuery, IEnumerable<KeyValuePair<string, string>> headers,
        string bodyHash)
    {
        var signed = SelectSigned(headers);
        string lines = string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"));
        return $"{method}\n{path}\n{canonicalQuery}\n{lines}\n{JoinNames(signed)}\n{bodyHash}";
    }

    /// <summary>The text that the secret signs.</summary>
    public static string StringToSign(string canonicalRequest) =>
        Algorithm + "\n" + Hex.Sha256(canonicalRequest);

    /// <summary>The value of the Authorization header.</summary>
    /// <inheritdoc cref="CanonicalRequest"/>
    public static string Authorize(
        string accessKey, string secretKey, string method, string path, string canonicalQuery,
        IReadOnlyCollection<KeyValuePair<string, string>> headers, string bodyHash)
    {
        string canonical = CanonicalRequest(method, path, canonicalQuery, headers, bodyHash);
        string signature = Hex.Encode(
            Hashing.HmacSha256(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(StringToSign(canonical))));
        string names = JoinNames(SelectSigned(headers));
        return $"{Algorithm} Credential={accessKey},SignedHeaders={names},Signature={signature}";
    }

    private static KeyValuePair<string, string>[] SelectSigned(IEnumerable<KeyValuePair<string, string>> headers) =>
    [
        .. headers
            .Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value.Trim()))
            .Where(header => header.Key is "host" or "content-type"
                || header.Key.StartsWith(HeaderPrefix, StringComparison.Ordinal))
            .OrderBy(header => header.Key, StringComparer.Ordinal),
    ];

    private static string JoinNames(IEnumerable<KeyValuePair<string, string>> headers) =>
        string.Join(";", headers.Select(header => header.Key));
}
