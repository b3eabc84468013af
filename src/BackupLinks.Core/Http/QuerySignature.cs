using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>
/// HMAC-SHA1 over the sorted query of a request, which several clouds have in common. They differ in the key and in the
/// parameters that they add.
/// </summary>
internal static class QuerySignature
{
    /// <summary>The parameters of an address, decoded.</summary>
    public static Dictionary<string, string> Parse(Uri uri) => uri.Query.TrimStart('?')
        .Split(['&'], StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split(['='], 2))
        .ToDictionary(
            pair => PercentEncoding.Decode(pair[0]), pair => PercentEncoding.Decode(pair[1]), StringComparer.Ordinal);

    /// <summary>A time as these parameters have it, to the second.</summary>
    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The parameters in the form that is signed, which also serves as the query.</summary>
    public static string CanonicalQuery(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join("&", parameters
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter =>
                PercentEncoding.Encode(parameter.Key) + "=" + PercentEncoding.Encode(parameter.Value)));

    /// <summary>The text that the key signs. The path is always "/", whatever the service's path is.</summary>
    public static string StringToSign(string method, string canonicalQuery) =>
        $"{method}&{PercentEncoding.Encode("/")}&{PercentEncoding.Encode(canonicalQuery)}";

    /// <summary>The signature in Base64, not yet encoded for a query.</summary>
    public static string Sign(string key, string stringToSign)
    {
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(key));
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));
    }

    /// <summary>The whole query of a signed request, or its form body.</summary>
    public static string SignedQuery(string key, string method, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        string query = CanonicalQuery(parameters);
        return query + "&Signature=" + PercentEncoding.Encode(Sign(key, StringToSign(method, query)));
    }
}
