using System;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>Checks and builds addresses of a service.</summary>
internal static class ServiceEndpoint
{
    /// <summary>Reads a base address as a person writes it; the scheme may be left out.</summary>
    /// <param name="text">The address; a path prefix is allowed.</param>
    /// <param name="parameter">The parameter or key that it came from, for the error.</param>
    /// <param name="example">An address that the service has, for the error.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.InvalidEndpoint"/>, or <see cref="ErrorKind.InsecureEndpoint"/> for plain http to
    /// another machine.
    /// </exception>
    public static Uri Parse(string text, string parameter, string example)
    {
        string address = text.Trim();
        if (address.IndexOf("://", StringComparison.Ordinal) < 0)
            address = "https://" + address;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidEndpoint,
                $"{parameter}{(text.IndexOf('@') >= 0 ? "" : $" '{ScreenText.Excerpt(text)}'")} is not the base "
                    + "address of a service; "
                + $"pass one such as {example}, without user name and query.");
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            throw new BackupLinksException(
                ErrorKind.InsecureEndpoint,
                $"{parameter} '{uri.GetLeftPart(UriPartial.Path)}' would send credentials and links in clear text; "
                    + "use https.");
        }

        return uri;
    }

    /// <summary>The endpoint with a path below its own, and a query.</summary>
    /// <param name="endpoint">The base address.</param>
    /// <param name="pathAndQuery">Encoded already, without a leading slash.</param>
    public static Uri Combine(Uri endpoint, string pathAndQuery) =>
        new(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + pathAndQuery, UriKind.Absolute);

    /// <summary>
    /// An address that the service gave, as <see cref="Combine"/> takes it; null when it leads elsewhere.
    /// </summary>
    public static string? Relative(Uri endpoint, string? address)
    {
        string prefix = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";
        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.AbsoluteUri.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            ? uri.AbsoluteUri.Substring(prefix.Length)
            : null;
    }

    /// <summary>
    /// An id as one segment of a path. Percent-encoding keeps most ids from reaching another path; a dot
    /// segment or an encoded slash would still be undone on the way by clients, proxies and gateways.
    /// </summary>
    /// <param name="id">The id as the user gave it.</param>
    /// <param name="meaning">The meaning of the id, for the error: "backup id".</param>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>.</exception>
    public static string PathSegment(string id, string meaning)
    {
        RequireId(id, meaning);
        if (id is "." or ".." || id.IndexOfAny(['/', '\\']) >= 0)
            throw InvalidId(id, meaning);
        return PercentEncoding.Encode(id);
    }

    /// <summary>An id as the value of a query parameter.</summary>
    /// <inheritdoc cref="PathSegment"/>
    public static string QueryValue(string id, string meaning)
    {
        RequireId(id, meaning);
        return PercentEncoding.Encode(id);
    }

    /// <summary>Refuses an id that is blank or holds control characters.</summary>
    /// <inheritdoc cref="PathSegment"/>
    public static void RequireId(string id, string meaning)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ApiException(
                ErrorKind.InvalidRequest,
                $"The {meaning} is blank; pass the id that the provider's console or list shows.");
        }

        foreach (char c in id)
        {
            if (char.IsControl(c))
                throw InvalidId(id, meaning);
        }
    }

    /// <summary>Refuses an id that no header can carry.</summary>
    /// <inheritdoc cref="PathSegment"/>
    public static void RequireAscii(string id, string meaning)
    {
        foreach (char c in id)
        {
            if (c is <= ' ' or > '~')
                throw InvalidId(id, meaning);
        }
    }

    private static ApiException InvalidId(string id, string meaning) =>
        new(ErrorKind.InvalidRequest,
            $"'{ScreenText.Excerpt(id)}' is not valid as {meaning}; pass the id that the provider's console or list "
                + "shows.");
}
