using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud.Signing;

/// <summary>
/// Alibaba Cloud's request signature version 1, HMAC-SHA1 over the sorted query, which private clouds of older versions
/// accept. The key is the secret with an ampersand behind it. Source: the RPC signature guide; the vendor's
/// <c>pop-core</c>.
/// </summary>
internal static class AlibabaRpcSigner
{
    /// <summary>The text that the secret signs. The path is always "/".</summary>
    public static string StringToSign(string method, string canonicalQuery) =>
        $"{method}&{PercentEncoding.Encode("/")}&{PercentEncoding.Encode(canonicalQuery)}";

    /// <summary>The signature in Base64, not yet encoded for a query.</summary>
    public static string Sign(string secretKey, string stringToSign)
    {
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(secretKey + "&"));
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));
    }

    /// <summary>The whole query of a signed request, or its form body.</summary>
    public static string SignedQuery(
        string secretKey, string method, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        string query = AlibabaSigner.CanonicalQuery(parameters);
        return query + "&Signature=" + PercentEncoding.Encode(Sign(secretKey, StringToSign(method, query)));
    }
}
