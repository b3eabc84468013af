using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>
/// Checks both signatures of Alibaba Cloud from what came over the wire, version 3 in headers and version 1 in the
/// query. A nonce counts once.
/// </summary>
internal sealed class AlibabaSignature
{
    /// <summary>The action of a request, and its parameters.</summary>
    /// <param name="Key">The key that signed it.</param>
    /// <param name="Action">The action.</param>
    /// <param name="Version">The version of the API, which names the service.</param>
    /// <param name="Parameters">The parameters of the action.</param>
    public sealed record Call(
        SandboxKey Key, string Action, string Version, IReadOnlyDictionary<string, string> Parameters);

    /// <summary>Why a request is refused.</summary>
    public sealed record Refusal(int Status, string Code, string Message);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly Refusal Mismatch = new(
        400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation.");

    private readonly ConcurrentDictionary<string, DateTimeOffset> _nonces = new();

    /// <summary>Checks a request.</summary>
    public async Task<(Call? Call, Refusal? Refusal)> VerifyAsync(
        HttpRequest request, DateTimeOffset now)
    {
        string[] target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var query = Read(target is [_, var wire] ? wire : "");
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        return request.Headers.ContainsKey("x-acs-action")
            ? VerifyHeaders(request, target[0], query, body, now)
            : VerifyQuery(request, request.Method == "POST" ? Join(query, Read(body)) : query, now);
    }

    private (Call? Call, Refusal? Refusal) VerifyHeaders(
        HttpRequest request, string path, Dictionary<string, string> query, string body,
        DateTimeOffset now)
    {
        string Header(string name) => request.Headers[name].ToString();
        if (Header("x-acs-content-sha256") != Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body))))
            return (null, new(400, "InvalidParameter", "The hash of the body is wrong."));
        string[] parts = Header("Authorization").Split(' ', 2);
        if (parts is not ["ACS3-HMAC-SHA256", var rest])
            return (null, new(400, "IncompleteSignature", "The request signature does not conform to the standards."));
        var fields = rest.Split(',').Select(field => field.Split('=', 2)).Where(field => field.Length == 2)
            .ToDictionary(field => field[0], field => field[1]);
        string[] names = fields.GetValueOrDefault("SignedHeaders", "").Split(';');
        string[] required =
        [
            "host", .. request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(
                name => name == "content-type" || name.StartsWith("x-acs-", StringComparison.Ordinal)),
        ];
        if (!required.Order(StringComparer.Ordinal).SequenceEqual(names))
            return (null, Mismatch);
        string lines = string.Concat(names.Select(name => $"{name}:{Header(name).Trim()}\n"));
        string canonical = $"{request.Method}\n{path}\n{Canonicalize(query)}\n{lines}\n{string.Join(';', names)}\n"
            + Header("x-acs-content-sha256");
        string toSign = "ACS3-HMAC-SHA256\n" + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var refusal = Check(
            now, fields.GetValueOrDefault("Credential", ""), Header("x-acs-security-token"),
            Header("x-acs-date"), Header("x-acs-signature-nonce"), key =>
                fields.GetValueOrDefault("Signature") == Hex(
                    HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.SecretKey), Encoding.UTF8.GetBytes(toSign))));
        return refusal is null
            ? (new(AlibabaSamples.Keys[fields["Credential"]], Header("x-acs-action"), Header("x-acs-version"), query),
                null)
            : (null, refusal);
    }

    private (Call? Call, Refusal? Refusal) VerifyQuery(
        HttpRequest request, Dictionary<string, string> parameters, DateTimeOffset now)
    {
        string Value(string name) => parameters.GetValueOrDefault(name, "");
        if (Value("SignatureMethod") != "HMAC-SHA1" || Value("SignatureVersion") != "1.0")
            return (null, new(400, "IncompleteSignature", "The request signature does not conform to the standards."));
        string canonical = Canonicalize(parameters.Where(pair => pair.Key != "Signature"));
        string toSign = $"{request.Method}&%2F&{Rfc3986.Encode(canonical)}";
        var refusal = Check(
            now, Value("AccessKeyId"), Value("SecurityToken"), Value("Timestamp"), Value("SignatureNonce"),
            key => Value("Signature") == Convert.ToBase64String(
                HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.SecretKey + "&"), Encoding.UTF8.GetBytes(toSign))));
        return refusal is null
            ? (new(AlibabaSamples.Keys[Value("AccessKeyId")], Value("Action"), Value("Version"), parameters), null)
            : (null, refusal);
    }

    private Refusal? Check(
        DateTimeOffset now, string accessKey, string token, string time, string nonce,
        Func<SandboxKey, bool> isSigned)
    {
        if (!DateTimeOffset.TryParseExact(
            time, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var signedAt))
            return new(
                400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        if ((signedAt - now).Duration() > Window)
            return new(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        if (!AlibabaSamples.Keys.TryGetValue(accessKey, out var key))
            return new(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        if (key.SecurityToken is not null && token.Length == 0)
            return new(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
        if (token != (key.SecurityToken ?? ""))
            return new(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
        if (!isSigned(key))
            return Mismatch;
        return nonce.Length > 0 && _nonces.TryAdd(nonce, signedAt)
            ? null : new(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    private static string Canonicalize(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join(
        '&', parameters
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{Rfc3986.Encode(pair.Key)}={Rfc3986.Encode(pair.Value)}"));

    // The guide has the parameters of a POST in its body, and the vendor's SDKs have them in the query.
    private static Dictionary<string, string> Join(Dictionary<string, string> query, Dictionary<string, string> body) =>
        new(query.Concat(body));

    private static Dictionary<string, string> Read(string query) => query
        .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(
            pair => Rfc3986.Decode(pair[0], plusIsSpace: false),
            pair => pair is [_, var value] ? Rfc3986.Decode(value, plusIsSpace: false) : "");

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
