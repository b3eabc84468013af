using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>
/// Creates and checks presigned links as COS of Tencent Cloud does: parameters that begin with <c>q-</c>, or all of
/// them in the one parameter <c>sign</c>. Source: "Request signature".
/// </summary>
internal static class CosLink
{
    /// <summary>The first segment of every object's path.</summary>
    public const string StoreName = "cos";

    private const string AccessKey = "AKIDSANDBOXCOS00000000";

    // The store's own key; new in every process, so that no link outlives it.
    private static readonly byte[] SecretKey =
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    private static readonly string[] Names =
    [
        "q-sign-algorithm", "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature",
    ];

    /// <summary>A link to an object.</summary>
    /// <param name="store">The address of the sandbox.</param>
    /// <param name="item">The object.</param>
    /// <param name="from">When it begins to work.</param>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="form">The spelling.</param>
    public static string Create(
        Uri store, SandboxObject item, DateTimeOffset from, TimeSpan lifetime, CosLinkForm form = default)
    {
        string time = $"{from.ToUnixTimeSeconds()};{(from + lifetime).ToUnixTimeSeconds()}";
        string host = form.HasHost ? store.Authority : "";
        string headers = form.HasHost ? "host" : "";
        string[] values =
        [
            "sha1", AccessKey, time, time, headers, "",
            Sign("get", $"/{item.Bucket}/{item.Key}", time, time, form.HasHost ? [("host", host)] : []),
        ];
        string separator = form.IsOneParameter ? "%2F" : "/";
        string key = string.Join(separator, item.Key.Split('/').Select(Rfc3986.Encode));
        string query = string.Join('&', Names.Zip(values, (name, value) => $"{name}={Rfc3986.Encode(value)}"));
        if (form.IsOneParameter)
        {
            query = "sign=" + Rfc3986.Encode(
                string.Join('&', Names.Zip(values, (name, value) => $"{name}={value}")));
        }

        string link = $"/{key}?{query}";
        // The API of TDSQL writes its escapes in lower case.
        link = form.IsOneParameter
            ? string.Concat(link.Split('%').Select((part, i) => i == 0 ? part : "%" + part[..2].ToLowerInvariant()
                + part[2..]))
            : link;
        return $"{store.GetLeftPart(UriPartial.Authority)}/{StoreName}/{item.Bucket}{link}";
    }

    /// <summary>Checks a request for an object.</summary>
    /// <param name="request">The request; its target counts byte for byte.</param>
    /// <param name="now">The time in the store.</param>
    /// <returns>Null when it is good, else why it is refused.</returns>
    public static StoreRefusal? Verify(HttpRequest request, DateTimeOffset now)
    {
        string[] parts = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var query = Read(parts is [_, var text] ? text : "");
        if (query.TryGetValue("sign", out string? sign))
            query = Read(sign);
        string Value(string name) => query.GetValueOrDefault(name, "");
        if (Value("q-signature").Length == 0)
            return new(403, "AccessDenied", "Access Denied.");
        if (Value("q-ak") != AccessKey)
            return new(403, "InvalidAccessKeyId", "The Access Key Id you provided does not exist in our records");
        if (Value("q-sign-time").Split(';') is not [var from, var to]
            || !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            || !long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out long last))
            return new(403, "AccessDenied", "Request has an invalid sign time");
        if (now.ToUnixTimeSeconds() > last || now.ToUnixTimeSeconds() < first)
            return new(
                403, "AccessDenied", "Request has expired",
                [("ServerTime", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))]);
        string[] names = Value("q-header-list").Split(';', StringSplitOptions.RemoveEmptyEntries);
        string path = Uri.UnescapeDataString(parts[0][(StoreName.Length + 1)..]);
        string expected = Sign(
            request.Method.ToLowerInvariant(), path, Value("q-sign-time"), Value("q-key-time"),
            names.Select(name => (name, request.Headers[name].ToString())));
        // Stricter than the store is: a parameter that is not signed is refused.
        return query.Keys.All(Names.Contains) && Value("q-sign-algorithm") == "sha1" && Value("q-signature") == expected
            ? null
            : new(403, "SignatureDoesNotMatch",
                "The Signature you specified is invalid.", [("StringToSign", "sha1"), ("FormatString", path)]);
    }

    private static string Sign(
        string method, string path, string signTime, string keyTime, IEnumerable<(string Name, string Value)> headers)
    {
        string lines = string.Join('&', headers.Select(
            header => $"{Rfc3986.Encode(header.Name)}={Rfc3986.Encode(header.Value)}"));
        string toSign = $"sha1\n{signTime}\n"
            + Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"{method}\n{path}\n\n{lines}\n"))) + "\n";
        string key = Mac(SecretKey, keyTime);
        return Mac(Encoding.ASCII.GetBytes(key), toSign);
    }

    private static string Mac(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA1.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static Dictionary<string, string> Read(string query) => query
        .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(
            pair => Uri.UnescapeDataString(pair[0]),
            pair => pair is [_, var value] ? Uri.UnescapeDataString(value) : "");
}
