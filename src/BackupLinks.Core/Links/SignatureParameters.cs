using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Text;

namespace BackupLinks.Links;

/// <summary>
/// The query parameters of a presigned address, for every signature scheme that object stores use: OBS and S3 version
/// 2, S3 version 4 and its relatives, OSS versions 1, 2 and 4, COS, TOS, BOS, US3, Google Cloud Storage, CloudFront
/// and Azure. Names are compared without case: vendors differ, and no vendor has two names that differ by case only.
/// </summary>
internal static class SignatureParameters
{
    private const string SigningTimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    // The year 9999, in epoch seconds: the end of DateTimeOffset.
    private const long LastEpochSecond = 253402300799;

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Expires", "Signature", "AccessKeyId", "AWSAccessKeyId", "OSSAccessKeyId", "GoogleAccessId", "UCloudPublicKey",
        "security-token", "sign", "authorization", "x-cos-security-token", "x-bce-security-token", "Key-Pair-Id",
    };

    private static readonly string[] Prefixes = ["X-Amz-", "X-Obs-", "X-Oss-", "X-Goog-", "X-Tos-", "q-"];

    // Signed, but they choose what the store returns.
    private static readonly HashSet<string> Content = new(
        StringComparer.OrdinalIgnoreCase) { "x-oss-process", "x-amz-version-id" };

    // For Azure shared access signatures; the name alone is too common.
    private static readonly HashSet<string> Azure = new(StringComparer.OrdinalIgnoreCase)
    {
        "sig", "se", "st", "sp", "sv", "sr", "sip", "spr", "sdd",
        "skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid",
    };

    private static readonly string[] DatedVendors = ["X-Amz-", "X-Obs-", "X-Oss-", "X-Tos-", "X-Goog-"];

    /// <summary>
    /// The parameters that name the object: those that are not part of a signature, as they were written.
    /// </summary>
    /// <param name="query">The query, without its question mark.</param>
    public static IReadOnlyList<string> Without(string query)
    {
        string[] pairs = [.. query.Split('&').Where(pair => pair.Length > 0)];
        bool isAzure = Has(pairs, "sig") && Has(pairs, "sv");
        bool isCloudFront = Has(pairs, "Key-Pair-Id");
        return [.. pairs.Where(pair => !IsOfSignature(NameOf(pair), isAzure, isCloudFront))];
    }

    /// <summary>When the signature expires; null when the query does not say.</summary>
    /// <param name="query">The query, with or without its question mark.</param>
    public static DateTimeOffset? GetExpiry(string query)
    {
        var parameters = Parse(query);
        if (Epoch(parameters, "Expires") is { } expires)
            return expires;
        foreach (string vendor in DatedVendors)
        {
            if (Value(parameters, vendor + "Date") is { } date
                && FromLifetime(date, Value(parameters, vendor + "Expires")) is { } end)
                return end;
        }

        return OssExpiry(parameters) ?? CosExpiry(parameters) ?? BosExpiry(parameters) ?? AzureExpiry(parameters);
    }

    // OSS version 2 has the end itself there, and no date.
    private static DateTimeOffset? OssExpiry(Dictionary<string, string> parameters) =>
        parameters.ContainsKey("x-oss-date") ? null : Epoch(parameters, "x-oss-expires");

    // COS: q-sign-time=<from>;<to>, beside the other parameters or in the one that holds all of them. The key that
    // signs has times of its own, and may end before.
    private static DateTimeOffset? CosExpiry(Dictionary<string, string> parameters)
    {
        if (!parameters.ContainsKey("q-sign-time") && Value(parameters, "sign") is { } sign)
            parameters = Parse(sign);
        var end = EndOf("q-sign-time");
        return EndOf("q-key-time") is { } keyEnd && keyEnd < end ? keyEnd : end;

        DateTimeOffset? EndOf(string name) =>
            Value(parameters, name)?.Split(';') is [_, var time] ? FromEpoch(time) : null;
    }

    // BOS: authorization=bce-auth-v1/<access key>/<signing time>/<seconds>/...
    private static DateTimeOffset? BosExpiry(Dictionary<string, string> parameters) =>
        Value(parameters, "authorization")?.Split('/') is [var version, _, var date, var lifetime, ..]
        && version.StartsWith("bce-auth-", StringComparison.OrdinalIgnoreCase)
        && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            ? Add(signed, lifetime)
            : null;

    private static DateTimeOffset? AzureExpiry(Dictionary<string, string> parameters) =>
        parameters.ContainsKey("sig") && Value(parameters, "se") is { } end
        && DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static DateTimeOffset? FromLifetime(string date, string? lifetime) =>
        DateTimeOffset.TryParseExact(
            date, SigningTimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            ? Add(signed, lifetime)
            : null;

    private static DateTimeOffset? Add(DateTimeOffset signed, string? lifetime) =>
        int.TryParse(lifetime, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        && seconds <= (DateTimeOffset.MaxValue - signed).TotalSeconds
            ? signed.AddSeconds(seconds)
            : null;

    private static DateTimeOffset? Epoch(Dictionary<string, string> parameters, string name) =>
        Value(parameters, name) is { } text ? FromEpoch(text) : null;

    private static DateTimeOffset? FromEpoch(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds <= LastEpochSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static bool IsOfSignature(string name, bool isAzure, bool isCloudFront) =>
        !Content.Contains(name)
        && (Names.Contains(name)
            || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || (isAzure && Azure.Contains(name))
            || (isCloudFront && name.Equals("Policy", StringComparison.OrdinalIgnoreCase)));

    private static bool Has(string[] pairs, string name) =>
        pairs.Any(pair => NameOf(pair).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string NameOf(string pair) => PercentEncoding.Decode(pair.Split('=')[0]);

    private static string? Value(Dictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out string? value) ? value : null;

    private static Dictionary<string, string> Parse(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in query.TrimStart('?').Split('&'))
        {
            int equals = pair.IndexOf('=');
            if (equals > 0)
            {
                parameters[PercentEncoding.Decode(pair.Substring(0, equals))] = PercentEncoding.Decode(
                    pair.Substring(equals + 1));
            }
        }

        return parameters;
    }
}
