using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>Checks Capital Online's HMAC-SHA1 signature from what came over the wire; a nonce counts once.</summary>
internal sealed class CapitalOnlineSignature
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _nonces = new();

    /// <summary>Checks a request.</summary>
    /// <returns>Null when it is good, else the code and the message of the refusal.</returns>
    public (string Code, string Message)? Verify(HttpRequest request, DateTimeOffset now)
    {
        string target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string[][] pairs =
        [
            .. (target.Split('?', 2) is [_, var wire] ? wire : "")
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2) is [var name, var value] ? new[] { name, value } : [pair, ""]),
        ];
        var parameters = Read(pairs, plusIsSpace: true);
        // A sample of the vendor sends each parameter twice; two values of one name are another thing.
        if (parameters.FirstOrDefault(group => group.Distinct().Count() > 1) is { } twice)
            return ("InvalidParameter", $"parameter {twice.Key} has two values");
        string Value(string name) => parameters[name].FirstOrDefault() ?? "";

        string[] required = ["Action", "AccessKeyId", "SignatureMethod", "SignatureNonce", "SignatureVersion",
        "Timestamp", "Version", "Signature"];
        if (required.FirstOrDefault(name => Value(name).Length == 0) is { } missing)
            return ("ArgMissing", $"parameter {missing} is missing");
        if (Value("SignatureMethod") != "HMAC-SHA1" || Value("SignatureVersion") != "1.0"
            || Value("Version") != "2019-08-08")
            return ("InvalidParameter", "unknown signature method, signature version or version");
        if (!DateTimeOffset.TryParseExact(
                Value("Timestamp"), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var signedAt))
        {
            return ("InvalidParameter", "malformed Timestamp");
        }

        if ((signedAt - now).Duration() > Window)
            return ("SignatureExpired", "the Timestamp of the signature is expired");
        if (!CapitalOnlineSamples.Keys.TryGetValue(Value("AccessKeyId"), out var key))
            return ("InvalidAccessKeyId", "the access key does not exist");

        // The samples send a space as a plus and sign %20; the vendor's Go client signs the plus, too; others send %20.
        if (!IsSigned(parameters, Rfc3986.Encode) && !IsSigned(Read(pairs, plusIsSpace: false), Rfc3986.Encode)
            && !IsSigned(parameters, static text => Rfc3986.Encode(text).Replace("%20", "+", StringComparison.Ordinal)))
        {
            return ("SignatureDoesNotMatch", "the signature does not match");
        }

        return _nonces.TryAdd(Value("SignatureNonce"), signedAt)
            ? null : ("SignatureNonceUsed", "the nonce was used before");

        bool IsSigned(ILookup<string, string> values, Func<string, string> encode)
        {
            string canonical = string.Join('&', values
                .Where(group => group.Key != "Signature")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{encode(group.Key)}={encode(group.First())}"));
            string toSign = $"{request.Method}&%2F&{Rfc3986.Encode(canonical)}";
            byte[] expected = HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.SecretKey), Encoding.UTF8.GetBytes(toSign));
            return Value("Signature") == Convert.ToBase64String(expected);
        }
    }

    private static ILookup<string, string> Read(string[][] pairs, bool plusIsSpace) =>
        pairs.ToLookup(pair => Rfc3986.Decode(pair[0], plusIsSpace), pair => Rfc3986.Decode(pair[1], plusIsSpace));
}
