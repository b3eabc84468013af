using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace BackupLinks.Sandbox.Verification;

/// <summary>Gives out and checks presigned links as OBS does (signature version 2, in the query).</summary>
internal static class PresignedLink
{
    private const string AccessKey = "SANDBOXOBJECTSTORE00";

    // The store's own key; new in every process, so that no link outlives it.
    private static readonly byte[] SecretKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>A link to an object.</summary>
    /// <param name="store">The address of the sandbox.</param>
    /// <param name="item">The object.</param>
    /// <param name="expires">When it stops working.</param>
    /// <param name="accessKeyName"><c>AWSAccessKeyId</c> or <c>AccessKeyId</c>; both are seen.</param>
    public static string Create(Uri store, SandboxObject item, DateTimeOffset expires, string accessKeyName = "AWSAccessKeyId")
    {
        long seconds = expires.ToUnixTimeSeconds();
        string key = string.Join('/', item.Key.Split('/').Select(Rfc3986.Encode));
        string signature = Rfc3986.Encode(Sign("GET", seconds, $"/{item.Bucket}/{key}"));
        return $"{store.GetLeftPart(UriPartial.Authority)}/{SandboxCloud.ObjectStoreName}/{item.Bucket}/{key}"
            + $"?{accessKeyName}={AccessKey}&Expires={seconds}&Signature={signature}";
    }

    /// <summary>Checks a request for an object.</summary>
    /// <param name="method">The HTTP method, which the signature covers.</param>
    /// <param name="target">Path and query, byte for byte.</param>
    /// <param name="now">The time in the store.</param>
    /// <returns>Null when it is good, else the code and the message of the refusal.</returns>
    public static (string Code, string Message)? Verify(string method, string target, DateTimeOffset now)
    {
        string[] parts = target.Split('?', 2);
        var query = (parts.Length > 1 ? parts[1] : "")
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        string? access = query["AWSAccessKeyId"].Concat(query["AccessKeyId"]).FirstOrDefault();
        if (access != AccessKey)
            return ("InvalidAccessKeyId", "The OBS Access Key Id you provided does not exist in our records.");
        if (!long.TryParse(query["Expires"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long expires))
            return ("AccessDenied", "Invalid date (should be seconds since epoch)");
        if (now.ToUnixTimeSeconds() > expires)
            return ("AccessDenied", "Request has expired");
        string resource = parts[0][(SandboxCloud.ObjectStoreName.Length + 1)..];
        // A parameter that is not part of the link changes the resource that must have been signed.
        if (query.Count != 3 || query["Signature"].FirstOrDefault() != Rfc3986.Encode(Sign(method, expires, resource)))
        {
            return ("SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
        }

        return null;
    }

    private static string Sign(string method, long expires, string resource) =>
        Convert.ToBase64String(HMACSHA1.HashData(SecretKey, Encoding.UTF8.GetBytes($"{method}\n\n\n{expires}\n{resource}")));
}
