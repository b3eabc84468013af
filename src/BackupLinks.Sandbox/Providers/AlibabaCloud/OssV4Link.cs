using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>
/// Creates and checks presigned links as OSS of Alibaba Cloud does: signature version 4, in the query. It covers every
/// parameter. Source: "Include a V4 signature in a URL".
/// </summary>
internal static class OssV4Link
{
    private const string Algorithm = "OSS4-HMAC-SHA256";
    private const string AccessKey = "SANDBOXOSS4000000000";
    private const string Region = "cn-hangzhou";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const long LongestLifetime = 604_800;

    // The store's own key; new in every process, so that no link outlives it.
    private static readonly string SecretKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>True for a link of this version.</summary>
    public static bool Has(string query) => query.Contains("x-oss-signature-version=", StringComparison.Ordinal);

    /// <summary>A link to an object.</summary>
    /// <param name="store">The address of the sandbox.</param>
    /// <param name="item">The object.</param>
    /// <param name="now">The time in the store.</param>
    /// <param name="expires">When it stops working.</param>
    public static string Create(Uri store, SandboxObject item, DateTimeOffset now, DateTimeOffset expires)
    {
        string time = now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        (string Name, string Value)[] parameters =
        [
            ("x-oss-signature-version", Algorithm),
            ("x-oss-credential", $"{AccessKey}/{Scope(time)}"),
            ("x-oss-date", time),
            ("x-oss-expires", ((long)(expires - now).TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        ];
        string resource = $"/{item.Bucket}/{item.Key}";
        string signature = Sign(time, Canonical("GET", resource, parameters, []));
        string query = string.Join(
            '&', parameters.Select(pair => $"{pair.Name}={Rfc3986.Encode(pair.Value)}"));
        return $"{store.GetLeftPart(UriPartial.Authority)}/{OssLink.StoreName}{EncodePath(resource)}"
            + $"?{query}&x-oss-signature={signature}";
    }

    /// <summary>Checks a request for an object.</summary>
    /// <param name="request">The request; its target counts byte for byte.</param>
    /// <param name="now">The time in the store.</param>
    /// <returns>Null when it is good, else why it is refused.</returns>
    public static StoreRefusal? Verify(HttpRequest request, DateTimeOffset now)
    {
        string[] parts = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        (string Name, string Value)[] parameters =
        [
            .. parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
                .Select(pair => (
                    Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""))),
        ];
        if (Value("x-oss-signature-version") != Algorithm)
            return Invalid("Unsupported signature version.");
        string time = Value("x-oss-date");
        if (!DateTimeOffset.TryParseExact(
                time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            || !long.TryParse(
                Value("x-oss-expires"), NumberStyles.None, CultureInfo.InvariantCulture, out long lifetime)
            || lifetime is < 1 or > LongestLifetime)
            return Invalid("Invalid date or expires parameter in signing.");
        string[] credential = Value("x-oss-credential").Split('/', 2);
        if (credential[0] != AccessKey)
        {
            return new(
                403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records.",
                [("OSSAccessKeyId", credential[0])]);
        }

        if (credential.ElementAtOrDefault(1) != Scope(time))
            return Invalid("Invalid credential in signing.");
        if (now > signed.AddSeconds(lifetime))
        {
            return new(403, "AccessDenied", "Request has expired.",
                [("Expires", Text(signed.AddSeconds(lifetime))), ("ServerTime", Text(now)), ("EC", "0002-00000069")]);
        }

        string canonical = Canonical(
            request.Method, Uri.UnescapeDataString(parts[0][(OssLink.StoreName.Length + 1)..]),
            parameters.Where(pair => pair.Name != "x-oss-signature"),
            request.Headers.Select(header => (header.Key.ToLowerInvariant(), header.Value.ToString().Trim())),
            Value("x-oss-additional-headers"));
        string provided = Value("x-oss-signature");
        return provided == Sign(time, canonical)
            ? null
            : new(403, "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and "
                    + "signing method.",
                [("OSSAccessKeyId", AccessKey), ("SignatureProvided", provided), ("CanonicalRequest", canonical)]);

        string Value(string name) => parameters.FirstOrDefault(pair => pair.Name == name).Value ?? "";
    }

    private static StoreRefusal Invalid(string message) => new(400, "InvalidArgument", message);

    // Signed are these headers and those that the link names.
    private static string Canonical(
        string method, string resource, IEnumerable<(string Name, string Value)> parameters,
        IEnumerable<(string Name, string Value)> headers, string additional = "")
    {
        string[] named = additional.Split(';', StringSplitOptions.RemoveEmptyEntries);
        string query = string.Join(
            '&',
            parameters.Select(pair => (Name: Rfc3986.Encode(pair.Name), Value: Rfc3986.Encode(pair.Value)))
                .OrderBy(pair => pair.Name, StringComparer.Ordinal)
                .Select(pair => pair.Value.Length == 0 ? pair.Name : $"{pair.Name}={pair.Value}"));
        string signed = string.Concat(headers
            .Where(header => header.Name is "content-type" or "content-md5" || named.Contains(header.Name)
                || header.Name.StartsWith("x-oss-", StringComparison.Ordinal))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .Select(header => $"{header.Name}:{header.Value}\n"));
        return $"{method}\n{EncodePath(resource)}\n{query}\n{signed}\n{additional}\nUNSIGNED-PAYLOAD";
    }

    private static string Sign(string time, string canonical)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        byte[] key = Encoding.UTF8.GetBytes("aliyun_v4" + SecretKey);
        foreach (string part in Scope(time).Split('/'))
            key = Hash(key, part);
        return Convert.ToHexStringLower(Hash(key, $"{Algorithm}\n{time}\n{Scope(time)}\n{hash}"));
    }

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Scope(string time) => $"{time[..8]}/{Region}/oss/aliyun_v4_request";

    private static string EncodePath(string resource) => string.Join('/', resource.Split('/').Select(Rfc3986.Encode));

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
