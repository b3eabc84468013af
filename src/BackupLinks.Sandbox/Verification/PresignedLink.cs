using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupLinks.Sandbox.Verification;

/// <summary>
/// Creates and checks presigned links as OBS does: signature version 2, in the query. The signature covers the method,
/// <c>Content-MD5</c>, <c>Content-Type</c> and every <c>x-obs-</c> and <c>x-amz-</c> header, whether sent or not.
/// </summary>
internal static class PresignedLink
{
    /// <summary>The first segment of every path.</summary>
    public const string StoreName = "obs";

    private const string AccessKey = "SANDBOXOBJECTSTORE00";

    // The store's own key; new in every process, so that no link outlives it.
    private static readonly byte[] SecretKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>A link to an object.</summary>
    /// <param name="store">The address of the sandbox.</param>
    /// <param name="item">The object.</param>
    /// <param name="expires">When it stops working.</param>
    /// <param name="accessKeyName"><c>AWSAccessKeyId</c> or <c>AccessKeyId</c>; both are seen.</param>
    /// <param name="headers">Headers that the link works with only; null for none.</param>
    public static string Create(
        Uri store, SandboxObject item, DateTimeOffset expires, string accessKeyName = "AWSAccessKeyId",
        IReadOnlyDictionary<string, string>? headers = null)
    {
        long seconds = expires.ToUnixTimeSeconds();
        string key = string.Join('/', item.Key.Split('/').Select(Rfc3986.Encode));
        string toSign = ToSign("GET", seconds, $"/{item.Bucket}/{key}", headers ?? new Dictionary<string, string>());
        return $"{store.GetLeftPart(UriPartial.Authority)}/{StoreName}/{item.Bucket}/{key}"
            + $"?{accessKeyName}={AccessKey}&Expires={seconds}&Signature={Rfc3986.Encode(Sign(toSign))}";
    }

    /// <summary>Checks a request for an object.</summary>
    /// <param name="request">The request; its target counts byte for byte.</param>
    /// <param name="now">The time in the store.</param>
    /// <returns>Null when it is good, else why it is refused.</returns>
    public static StoreRefusal? Verify(HttpRequest request, DateTimeOffset now)
    {
        string[] parts = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var query = (parts.Length > 1 ? parts[1] : "")
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        string provided = query["Signature"].FirstOrDefault() ?? "";
        if (request.Headers.Authorization.ToString() is { Length: > 0 } second && provided.Length > 0)
        {
            return new(400, "InvalidArgument",
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string "
                + "parameter or the Authorization header should be specified",
                [("ArgumentName", "Authorization"), ("ArgumentValue", second)]);
        }

        if (query["AWSAccessKeyId"].Concat(query["AccessKeyId"]).FirstOrDefault() is not { } access)
            return new(403, "AccessDenied", "Access Denied");
        if (access != AccessKey)
            return new(
                403, "InvalidAccessKeyId", "The OBS Access Key Id you provided does not exist in our records.",
                [("AWSAccessKeyId", access)]);
        if (!long.TryParse(
            query["Expires"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long expires))
            return new(403, "AccessDenied", "Invalid date (should be seconds since epoch)");
        if (now.ToUnixTimeSeconds() > expires)
        {
            return new(403, "AccessDenied", "Request has expired",
                [("Expires", Text(DateTimeOffset.FromUnixTimeSeconds(expires))), ("ServerTime", Text(now))]);
        }

        string resource = parts[0][(StoreName.Length + 1)..];
        string toSign = ToSign(
            request.Method, expires, resource,
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
        // Stricter than stores are: a parameter beside the three, or another encoding of the signature, is refused.
        return query.Count == 3 && provided == Rfc3986.Encode(Sign(toSign))
            ? null
            : new(403, "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and "
                + "signing method.",
                [("AWSAccessKeyId", access), ("SignatureProvided", Uri.UnescapeDataString(provided)),
                ("StringToSign", toSign)]);
    }

    private static string ToSign(
        string method, long expires, string resource, IReadOnlyDictionary<string, string> headers)
    {
        var byName = headers.ToLookup(header => header.Key.ToLowerInvariant(), header => header.Value.Trim());
        var vendors = byName
            .Where(header =>
                header.Key.StartsWith("x-obs-", StringComparison.Ordinal)
                    || header.Key.StartsWith("x-amz-", StringComparison.Ordinal))
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}:{string.Join(',', header)}\n");
        return $"{method}\n{byName["content-md5"].FirstOrDefault()}\n"
            + $"{byName["content-type"].FirstOrDefault()}\n{expires}\n" + string.Concat(vendors) + resource;
    }

    private static string Sign(string toSign) =>
        Convert.ToBase64String(HMACSHA1.HashData(SecretKey, Encoding.UTF8.GetBytes(toSign)));

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
