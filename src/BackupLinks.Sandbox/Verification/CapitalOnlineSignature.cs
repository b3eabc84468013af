using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupLinks.Sandbox.Verification;

/// <summary>Checks Capital Online's HMAC-SHA1 signature from what came over the wire; a nonce counts once.</summary>
internal sealed class CapitalOnlineSignature
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _nonces = new();

    /// <summary>Checks a request.</summary>
    /// <returns>Null when it is good, else the code and the message of the refusal.</returns>
    public (string Code, string Message)? Verify(HttpRequest request, SandboxCloud cloud, DateTimeOffset now)
    {
        string target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string[] raw = (target.Split('?', 2) is [_, var wire] ? wire : "").Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (raw.SelectMany(pair => pair.Split('=', 2)).FirstOrDefault(part => Rfc3986.Encode(Uri.UnescapeDataString(part)) != part) is { } odd)
            return ("InvalidParameter", $"{odd} is not encoded as RFC 3986 says");
        var parameters = raw
            .Select(pair => pair.Split('=', 2))
            .ToLookup(pair => Uri.UnescapeDataString(pair[0]), pair => pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "");
        if (parameters.FirstOrDefault(group => group.Count() > 1 || group.First().Length == 0) is { } broken)
            return ("InvalidParameter", $"parameter {broken.Key} is empty or given twice");
        string Value(string name) => parameters[name].FirstOrDefault() ?? "";

        string[] required = ["Action", "AccessKeyId", "SignatureMethod", "SignatureNonce", "SignatureVersion", "Timestamp", "Version", "Signature"];
        if (required.FirstOrDefault(name => Value(name).Length == 0) is { } missing)
            return ("ArgMissing", $"parameter {missing} is missing");
        if (Value("SignatureMethod") != "HMAC-SHA1" || Value("SignatureVersion") != "1.0" || Value("Version") != "2019-08-08")
            return ("InvalidParameter", "unknown signature method, signature version or version");
        if (!DateTimeOffset.TryParseExact(
                Value("Timestamp"), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt))
        {
            return ("InvalidParameter", "malformed Timestamp");
        }

        if ((signedAt - now).Duration() > Window)
            return ("SignatureExpired", "the Timestamp of the signature is expired");
        if (!cloud.CapitalOnlineKeys.TryGetValue(Value("AccessKeyId"), out var key))
            return ("InvalidAccessKeyId", "the access key does not exist");

        string canonical = string.Join('&', parameters
            .Where(group => group.Key != "Signature")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{Rfc3986.Encode(group.Key)}={Rfc3986.Encode(group.First())}"));
        string toSign = $"{request.Method}&%2F&{Rfc3986.Encode(canonical)}";
        byte[] expected = HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.SecretKey), Encoding.UTF8.GetBytes(toSign));
        if (Value("Signature") != Convert.ToBase64String(expected))
            return ("SignatureDoesNotMatch", "the signature does not match");
        return _nonces.TryAdd(Value("SignatureNonce"), signedAt) ? null : ("SignatureNonceUsed", "the nonce was used before");
    }
}
