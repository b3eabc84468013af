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
/// Creates and checks presigned links as OSS of Alibaba Cloud does: signature version 1, in the query. The expiry is
/// checked before the signature. <see cref="OssV4Link"/> has version 4. Source: "Include a V1 signature in a URL".
/// </summary>
internal static class OssLink
{
    /// <summary>The first segment of every object's path.</summary>
    public const string StoreName = "oss";

    private const string AccessKey = "SANDBOXOSS0000000000";

    // The store's own key; new in every process, so that no link outlives it.
    private static readonly byte[] SecretKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>A link to an object.</summary>
    /// <param name="store">The address of the sandbox.</param>
    /// <param name="item">The object.</param>
    /// <param name="expires">When it stops working.</param>
    public static string Create(Uri store, SandboxObject item, DateTimeOffset expires)
    {
        long seconds = expires.ToUnixTimeSeconds();
        string key = string.Join('/', item.Key.Split('/').Select(Rfc3986.Encode));
        string signature = Sign(ToSign("GET", seconds, $"/{item.Bucket}/{item.Key}", []));
        return $"{store.GetLeftPart(UriPartial.Authority)}/{StoreName}/{item.Bucket}/{key}"
            + $"?OSSAccessKeyId={AccessKey}&Expires={seconds}&Signature={Rfc3986.Encode(signature)}";
    }

    /// <summary>Checks a request for an object.</summary>
    /// <param name="request">The request; its target counts byte for byte.</param>
    /// <param name="now">The time in the store.</param>
    /// <returns>Null when it is good, else why it is refused.</returns>
    public static StoreRefusal? Verify(HttpRequest request, DateTimeOffset now)
    {
        string[] parts = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        if (parts.Length > 1 && OssV4Link.Has(parts[1]))
            return OssV4Link.Verify(request, now);
        var query = (parts.Length > 1 ? parts[1] : "")
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        if (query["Signature"].FirstOrDefault() is not { } provided)
            return new(403, "AccessDenied", "You have no right to access this object because of bucket acl.");
        if (query["OSSAccessKeyId"].FirstOrDefault() != AccessKey)
            return new(
                403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records.",
                [("OSSAccessKeyId", query["OSSAccessKeyId"].FirstOrDefault() ?? "")]);
        if (!long.TryParse(
            query["Expires"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long expires))
            return new(403, "AccessDenied", "Invalid date (should be seconds since epoch)");
        if (now.ToUnixTimeSeconds() > expires)
        {
            return new(403, "AccessDenied", "Request has expired.",
                [("Expires", Text(DateTimeOffset.FromUnixTimeSeconds(expires))), ("ServerTime", Text(now)),
                ("EC", "0002-00000069")]);
        }

        string resource = Uri.UnescapeDataString(parts[0][(StoreName.Length + 1)..]);
        string toSign = ToSign(
            request.Method, expires, resource,
            request.Headers.Select(header => (header.Key.ToLowerInvariant(), header.Value.ToString().Trim())));
        // Stricter than the store is: a parameter beside the three is refused.
        return query.Count == 3 && provided == Sign(toSign)
            ? null
            : new(403, "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and "
                    + "signing method.",
                [("OSSAccessKeyId", AccessKey), ("SignatureProvided", provided), ("StringToSign", toSign)]);
    }

    private static string ToSign(
        string method, long expires, string resource, IEnumerable<(string Name, string Value)> headers)
    {
        var byName = headers.ToLookup(header => header.Name, header => header.Value);
        var vendors = byName.Where(header => header.Key.StartsWith("x-oss-", StringComparison.Ordinal))
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}:{string.Join(',', header)}\n");
        return $"{method}\n{byName["content-md5"].FirstOrDefault()}\n{byName["content-type"].FirstOrDefault()}\n"
            + $"{expires}\n{string.Concat(vendors)}{resource}";
    }

    private static string Sign(string toSign) =>
        Convert.ToBase64String(HMACSHA1.HashData(SecretKey, Encoding.UTF8.GetBytes(toSign)));

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
