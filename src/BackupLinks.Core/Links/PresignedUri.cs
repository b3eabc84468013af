using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Links;

/// <summary>Reads a presigned link. <see cref="SignatureParameters"/> knows the schemes.</summary>
internal static class PresignedUri
{
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

    /// <summary>
    /// A plain http link to a host that serves https, with https. No signature of a link covers the scheme, or the port
    /// of the scheme; all else stays byte for byte.
    /// </summary>
    /// <param name="text">The link; null for none.</param>
    /// <param name="hosts">
    /// The ends of the names of such hosts; each begins with a dot. A <c>*</c> is the end of a label, but for one that
    /// has <c>-internal</c> at its end, as hosts inside a cloud's network have.
    /// </param>
    public static string? ToHttps(string? text, IReadOnlyList<string> hosts)
    {
        const string Plain = "http://";
        string link = text?.Trim() ?? "";
        if (hosts.Count == 0 || !link.StartsWith(Plain, StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate(link, UriKind.Absolute, out var uri) || !uri.IsDefaultPort
            || !hosts.Any(end => HasEnd(uri.Host, end)))
        {
            return text;
        }

        // The store serves no https at port 80.
        int end = link.IndexOfAny(['/', '\\', '?', '#'], Plain.Length);
        end = end < 0 ? link.Length : end;
        int port = link.LastIndexOf(':', end - 1);
        int hostEnd = port >= Plain.Length && port > link.LastIndexOf('@', end - 1) ? port : end;
        return "https://" + link.Substring(Plain.Length, hostEnd - Plain.Length) + link.Substring(end);
    }

    private static bool HasEnd(string host, string pattern)
    {
        string[] parts = pattern.Split('*');
        if (!host.EndsWith(parts[parts.Length - 1], StringComparison.OrdinalIgnoreCase))
            return false;
        if (parts.Length == 1)
            return true;
        string rest = host.Substring(0, host.Length - parts[1].Length);
        string label = rest.Substring(Math.Max(rest.LastIndexOf('.'), 0));
        return label.Length > parts[0].Length && label.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            && !label.EndsWith("-internal", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The address as text, for another program: as the provider wrote it, where that is one plain word.
    /// </summary>
    public static string ToText(Uri uri) =>
        ExactUri.IsPlainAscii(uri.OriginalString) ? uri.OriginalString : uri.AbsoluteUri;

    /// <summary>
    /// The identity of the object: the address without the parameters of a signature, which change at a renewal. It
    /// is the same on every system. It is not for the screen: the rest of the query may hold a secret.
    /// </summary>
    public static string Identify(Uri uri)
    {
        string[] parts = ToText(uri).Split('#')[0].Split(['?'], 2);
        var rest = parts.Length == 1 ? [] : SignatureParameters.Without(parts[1]);
        return rest.Count == 0 ? parts[0] : parts[0] + "?" + string.Join("&", rest);
    }

    /// <summary>When the link expires by its own account; null when it does not say.</summary>
    public static DateTimeOffset? GetExpiry(Uri uri) => SignatureParameters.GetExpiry(uri.Query);

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
}
