using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Links;

/// <summary>
/// What a presigned link says about itself. The query parameters are those of OBS and S3 signature
/// version 2 (<c>Expires</c>, epoch seconds) and version 4 (<c>X-Amz-Date</c> and <c>X-Amz-Expires</c>).
/// </summary>
internal static class PresignedUri
{
    private const string SigningTimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    // The year 9999, in epoch seconds: the end of DateTimeOffset.
    private const long LastEpochSecond = 253402300799;

    private static readonly HashSet<string> SignatureNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Expires", "Signature", "AccessKeyId", "AWSAccessKeyId", "OSSAccessKeyId", "security-token",
    };

    private static readonly string[] SignaturePrefixes = ["X-Amz-", "X-Obs-", "X-Oss-", "X-Goog-"];

    /// <summary>Parses a link as a provider sent it; false unless it is an absolute http or https address.</summary>
    public static bool TryParse(string? text, out Uri? uri)
    {
        uri = null;
        string trimmed = text?.Trim() ?? "";
        return trimmed.Length > 0
            && ExactUri.TryCreate(trimmed, out uri)
            && (uri!.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.Host.Length > 0;
    }

    /// <summary>The address as text, for another program: as the provider wrote it, where that is one plain word.</summary>
    public static string ToText(Uri uri) => ExactUri.IsPlainAscii(uri.OriginalString) ? uri.OriginalString : uri.AbsoluteUri;

    /// <summary>
    /// What the address is of, whenever and for whomever it was signed: the text without the parameters of a signature. The
    /// same on every system. Not for people: what is left of the query may be a secret.
    /// </summary>
    public static string Identify(Uri uri)
    {
        string[] parts = ToText(uri).Split('#')[0].Split(['?'], 2);
        string[] rest = parts.Length == 1 ? [] : [.. parts[1].Split('&').Where(pair => pair.Length > 0 && !IsOfSignature(pair.Split('=')[0]))];
        return rest.Length == 0 ? parts[0] : parts[0] + "?" + string.Join("&", rest);
    }

    /// <summary>When the link stops working by its own account; null when it does not say.</summary>
    public static DateTimeOffset? GetExpiry(Uri uri)
    {
        var query = ParseQuery(uri);
        if (query.TryGetValue("Expires", out string? expires)
            && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds <= LastEpochSecond)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        foreach (string vendor in new[] { "X-Amz-", "X-Obs-" })
        {
            if (query.TryGetValue(vendor + "Date", out string? date)
                && query.TryGetValue(vendor + "Expires", out string? lifetime)
                && DateTimeOffset.TryParseExact(
                    date, SigningTimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
                && int.TryParse(lifetime, NumberStyles.None, CultureInfo.InvariantCulture, out int life))
            {
                return life <= (DateTimeOffset.MaxValue - signed).TotalSeconds ? signed.AddSeconds(life) : null;
            }
        }

        return null;
    }

    /// <summary>The last segment of the path, decoded; null when the path ends with a slash.</summary>
    public static string? GetLeafName(Uri uri)
    {
        string path = uri.AbsolutePath;
        string leaf = PercentEncoding.Decode(path.Substring(path.LastIndexOf('/') + 1));
        return leaf.Length == 0 ? null : leaf;
    }

    /// <summary>The address without its query, fragment and user information: fit for any screen or log.</summary>
    public static string Redact(Uri uri)
    {
        if (!uri.IsAbsoluteUri)
            return uri.OriginalString.Split('?', '#')[0];
        string port = uri.IsDefaultPort ? "" : ":" + uri.Port.ToString(CultureInfo.InvariantCulture);
        return $"{uri.Scheme}://{uri.Host}{port}{uri.AbsolutePath}";
    }

    // Of OBS and S3, in both versions of the signature, and of their relatives.
    private static bool IsOfSignature(string name) =>
        SignatureNames.Contains(name) || SignaturePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // Names are compared without case: vendors differ, and no vendor uses two that differ by case only.
    private static Dictionary<string, string> ParseQuery(Uri uri)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in uri.Query.TrimStart('?').Split('&'))
        {
            int equals = pair.IndexOf('=');
            if (equals > 0)
                parameters[PercentEncoding.Decode(pair.Substring(0, equals))] = PercentEncoding.Decode(pair.Substring(equals + 1));
        }

        return parameters;
    }
}
