using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud.Signing;

/// <summary>
/// Huawei Cloud's request signature, SDK-HMAC-SHA256, as the vendor's SDK computes it
/// (huaweicloud-sdk-net-v3, <c>Core/Signer/Signer.cs</c>) and its API signing guide describes it.
/// </summary>
internal static class HuaweiSigner
{
    /// <summary>The name of the algorithm in the Authorization header.</summary>
    public const string Algorithm = "SDK-HMAC-SHA256";

    /// <summary>The header with the time of signing; it must be among the signed headers.</summary>
    public const string DateHeader = "X-Sdk-Date";

    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The value of <see cref="DateHeader"/> for a time.</summary>
    public static string FormatDate(DateTimeOffset time) =>
        time.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Computes the value of the Authorization header.</summary>
    /// <param name="accessKey">The access key id.</param>
    /// <param name="secretKey">The secret access key.</param>
    /// <param name="method">The HTTP method, upper case.</param>
    /// <param name="uri">The address that is requested.</param>
    /// <param name="headers">The headers to sign, <c>Host</c> and <see cref="DateHeader"/> among them.</param>
    /// <param name="date">The value of <see cref="DateHeader"/>.</param>
    /// <param name="body">The exact bytes of the body; empty for none.</param>
    public static string Authorize(
        string accessKey, string secretKey, string method, Uri uri,
        IEnumerable<KeyValuePair<string, string>> headers, string date, byte[] body)
    {
        var signed = headers
            .Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value))
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .ToArray();
        string toSign = StringToSign(date, CanonicalRequest(method, uri, signed, body));
        string signature = Hex.Encode(
            Hashing.HmacSha256(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(toSign)));
        return $"{Algorithm} Access={accessKey}, SignedHeaders={SignedHeaders(signed)}, Signature={signature}";
    }

    /// <summary>The request in the form that is hashed.</summary>
    /// <param name="method">The HTTP method, upper case.</param>
    /// <param name="uri">The address that is requested.</param>
    /// <param name="signed">The signed headers, lower-case names, in ordinal order.</param>
    /// <param name="body">The exact bytes of the body.</param>
    public static string CanonicalRequest(
        string method, Uri uri, IReadOnlyList<KeyValuePair<string, string>> signed, byte[] body)
    {
        var text = new StringBuilder()
            .Append(method).Append('\n')
            .Append(CanonicalPath(uri)).Append('\n')
            .Append(CanonicalQuery(uri)).Append('\n');
        foreach (var header in signed)
            text.Append(header.Key).Append(':').Append(header.Value.Trim()).Append('\n');
        return text.Append('\n')
            .Append(SignedHeaders(signed)).Append('\n')
            .Append(Hex.Sha256(body))
            .ToString();
    }

    /// <summary>The string that the secret key signs.</summary>
    public static string StringToSign(string date, string canonicalRequest) =>
        $"{Algorithm}\n{date}\n{Hex.Sha256(canonicalRequest)}";

    private static string SignedHeaders(IEnumerable<KeyValuePair<string, string>> signed) =>
        string.Join(";", signed.Select(header => header.Key));

    // Ends with a slash even where the request's own path does not.
    private static string CanonicalPath(Uri uri)
    {
        string path = string.Join(
            "/", PercentEncoding.Decode(uri.AbsolutePath).Split('/').Select(PercentEncoding.Encode));
        return path.EndsWith("/", StringComparison.Ordinal) ? path : path + "/";
    }

    private static string CanonicalQuery(Uri uri)
    {
        var pairs = uri.Query.TrimStart('?')
            .Split(['&'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(['='], 2))
            .Select(pair => (
                Name: PercentEncoding.Encode(PercentEncoding.Decode(pair[0])),
                Value: PercentEncoding.Encode(pair.Length > 1 ? PercentEncoding.Decode(pair[1]) : "")))
            .OrderBy(pair => PercentEncoding.Decode(pair.Name), StringComparer.Ordinal)
            .ThenBy(pair => PercentEncoding.Decode(pair.Value), StringComparer.Ordinal);
        return string.Join("&", pairs.Select(pair => pair.Name + "=" + pair.Value));
    }
}
