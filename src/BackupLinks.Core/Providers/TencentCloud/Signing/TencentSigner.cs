using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.TencentCloud.Signing;

/// <summary>
/// Tencent Cloud's request signature, TC3-HMAC-SHA256. The key is derived from the secret for a day and a service.
/// Source: "Signature v3"; the vendor's SDKs.
/// </summary>
internal static class TencentSigner
{
    private const string Algorithm = "TC3-HMAC-SHA256";
    private const string End = "tc3_request";

    /// <summary>The request in the form that is hashed.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="query">The query as it is sent, without a question mark; it is not sorted.</param>
    /// <param name="headers">The headers to sign, in any order.</param>
    /// <param name="body">The body.</param>
    public static string CanonicalRequest(
        string method, string query, IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        var signed = Sort(headers);
        string lines = string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"));
        return $"{method}\n/\n{query}\n{lines}\n{JoinNames(signed)}\n{Hex.Sha256(body)}";
    }

    /// <summary>The text that the derived key signs.</summary>
    /// <param name="service">The service, as its API is named.</param>
    /// <param name="timestamp">The time in epoch seconds; the day is that of UTC.</param>
    /// <param name="canonicalRequest">The request of <see cref="CanonicalRequest"/>.</param>
    public static string StringToSign(string service, long timestamp, string canonicalRequest) =>
        $"{Algorithm}\n{timestamp.ToString(CultureInfo.InvariantCulture)}\n{Scope(service, timestamp)}\n"
        + Hex.Sha256(canonicalRequest);

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="secretId">The id of the key.</param>
    /// <param name="secretKey">The secret of the key.</param>
    /// <param name="service">The service, as its API is named.</param>
    /// <param name="timestamp">The time in epoch seconds.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="query">The query as it is sent.</param>
    /// <param name="headers">The headers to sign.</param>
    /// <param name="body">The body.</param>
    public static string Authorize(
        string secretId, string secretKey, string service, long timestamp, string method, string query,
        IReadOnlyCollection<KeyValuePair<string, string>> headers, byte[] body)
    {
        string toSign = StringToSign(service, timestamp, CanonicalRequest(method, query, headers, body));
        byte[] key = new[] { Day(timestamp), service, End }.Aggregate(Encoding.UTF8.GetBytes("TC3" + secretKey), Mac);
        return $"{Algorithm} Credential={secretId}/{Scope(service, timestamp)}, "
            + $"SignedHeaders={JoinNames(Sort(headers))}, Signature={Hex.Encode(Mac(key, toSign))}";
    }

    private static byte[] Mac(byte[] key, string text) => Hashing.HmacSha256(key, Encoding.UTF8.GetBytes(text));

    private static string Scope(string service, long timestamp) => $"{Day(timestamp)}/{service}/{End}";

    private static string Day(long timestamp) =>
        DateTimeOffset.FromUnixTimeSeconds(timestamp).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Values are in lower case, too.
    private static KeyValuePair<string, string>[] Sort(IEnumerable<KeyValuePair<string, string>> headers) =>
    [
        .. headers
            .Select(header => new KeyValuePair<string, string>(
                header.Key.ToLowerInvariant(), header.Value.Trim().ToLowerInvariant()))
            .OrderBy(header => header.Key, StringComparer.Ordinal),
    ];

    private static string JoinNames(IEnumerable<KeyValuePair<string, string>> headers) =>
        string.Join(";", headers.Select(header => header.Key));
}
