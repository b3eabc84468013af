using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline.Signing;

/// <summary>
/// Capital Online's request signature, HMAC-SHA1 over the sorted query, as the vendor's samples and
/// cds-gic-sdk-go (<c>common/sign.go</c>) compute it. The key is the bare secret: the sentence of an old page
/// that puts an ampersand behind it was wrong.
/// </summary>
internal static class CapitalOnlineSigner
{
    /// <summary>The parameters in the form that is signed, which also serves as the query.</summary>
    public static string CanonicalQuery(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join("&", parameters
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter =>
                PercentEncoding.Encode(parameter.Key) + "=" + PercentEncoding.Encode(parameter.Value)));

    /// <summary>What the secret signs. The path is always "/", whatever the service's path is.</summary>
    public static string StringToSign(string method, string canonicalQuery) =>
        $"{method}&{PercentEncoding.Encode("/")}&{PercentEncoding.Encode(canonicalQuery)}";

    /// <summary>The signature in Base64, not yet encoded for a query.</summary>
    public static string Sign(string secretKey, string stringToSign)
    {
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(secretKey));
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));
    }

    /// <summary>The whole query of a signed request.</summary>
    public static string SignedQuery(
        string secretKey, string method, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        string query = CanonicalQuery(parameters);
        return query + "&Signature=" + PercentEncoding.Encode(Sign(secretKey, StringToSign(method, query)));
    }
}
