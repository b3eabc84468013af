using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>
/// Checks SDK-HMAC-SHA256 from what came over the wire, in the order that Huawei's API signing guide gives.
/// </summary>
internal static class HuaweiSignature
{
    private const string Algorithm = "SDK-HMAC-SHA256";
    private const string BodyHashHeader = "x-sdk-content-sha256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Checks a request.</summary>
    /// <returns>The key that signed it, or why it is refused.</returns>
    public static (SandboxKey? Key, string? Refusal) Verify(HttpRequest request, DateTimeOffset now)
    {
        string authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return (null, "no authorization header of a known algorithm");
        var fields = authorization[(Algorithm.Length + 1)..]
            .Split(", ")
            .Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2)
            .DistinctBy(field => field[0])
            .ToDictionary(field => field[0], field => field[1]);
        if (!fields.TryGetValue("Access", out string? access)
            || !fields.TryGetValue("SignedHeaders", out string? signedHeaders)
            || !fields.TryGetValue("Signature", out string? signature))
        {
            return (null, "malformed authorization header");
        }

        string date = request.Headers["X-Sdk-Date"].ToString();
        if (!DateTimeOffset.TryParseExact(
            date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var signedAt))
            return (null, "x-sdk-date is missing or malformed");
        if ((signedAt - now).Duration() > Window)
            return (null, "signature expired: x-sdk-date is more than 15 minutes off");
        if (!HuaweiSamples.Keys.TryGetValue(access, out var key))
            return (null, "Get secretKey failed,ak:" + access + ",err:ak not exist");

        string[] names = signedHeaders.Split(';');
        // A header counts only when the signature covers it.
        string[] mustBeSigned = ["host", "x-sdk-date", .. OptionalHeaders.Where(request.Headers.ContainsKey)];
        if (mustBeSigned.Except(names).FirstOrDefault() is { } missing)
            return (null, $"header {missing} is not signed");
        if (!names.SequenceEqual(names.Order(StringComparer.Ordinal))
            || names.Any(name => !request.Headers.ContainsKey(name)))
            return (null, "signed headers are not in order, or were not sent");
        if (request.Headers["X-Security-Token"].ToString() != (key.SecurityToken ?? ""))
            return (null, "the security token is not that of the access key");

        // A plus in the query is a plus to some clients, and a space to the vendor's own .NET SDK.
        return IsSignature(plusIsSpace: false) || IsSignature(plusIsSpace: true)
            ? (key, null) : (null, "verify aksk signature fail");

        bool IsSignature(bool plusIsSpace)
        {
            string canonical = Canonical(request, names, plusIsSpace);
            string toSign = $"{Algorithm}\n{date}\n{Sha256(Encoding.UTF8.GetBytes(canonical))}";
            byte[] expected = HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(key.SecretKey), Encoding.UTF8.GetBytes(toSign));
            return CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)), Encoding.UTF8.GetBytes(signature));
        }
    }

    private static readonly string[] OptionalHeaders = ["x-project-id", "x-security-token"];

    private static string Canonical(HttpRequest request, string[] names, bool plusIsSpace)
    {
        string target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string[] parts = target.Split('?', 2);
        var lines = new List<string>
        {
            request.Method,
            string.Join('/', Uri.UnescapeDataString(parts[0]).Split('/').Select(Rfc3986.Encode)).TrimEnd('/') + "/",
            parts.Length > 1 ? CanonicalQuery(parts[1], plusIsSpace) : "",
        };
        lines.AddRange(names.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}"));
        lines.Add("");
        lines.Add(string.Join(';', names));
        // A body that is not JSON may be left out of the signature, when the signature says so.
        bool isUnsigned = names.Contains(BodyHashHeader) && request.Headers[BodyHashHeader] == UnsignedPayload;
        lines.Add(isUnsigned ? UnsignedPayload : BodyHash(request));
        return string.Join('\n', lines);
    }

    private static string CanonicalQuery(string query, bool plusIsSpace)
    {
        return string.Join('&', query
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Read(pair[0]), Value: pair.Length > 1 ? Read(pair[1]) : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{Rfc3986.Encode(pair.Name)}={Rfc3986.Encode(pair.Value)}"));

        string Read(string part) => Rfc3986.Decode(part, plusIsSpace);
    }

    private static string BodyHash(HttpRequest request)
    {
        using var copy = new MemoryStream();
        request.Body.Position = 0;
        request.Body.CopyToAsync(copy).GetAwaiter().GetResult();
        request.Body.Position = 0;
        return Sha256(copy.ToArray());
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
