using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>Decides where a redirect of a store may lead: each address must be as safe as the link.</summary>
internal static class Redirects
{
    private const int MostRedirects = 5;

    // A token in a path is long, and of letters of both cases and digits, or of hexadecimal digits; the name of a file
    // has an extension.
    private static readonly Regex PathToken = new(
        @"(?<=/)(?:eyJ[\w.~%+=-]{16,}|[0-9a-fA-F]{32,}"
        + @"|(?=[^/]*[a-z])(?=[^/]*[A-Z])(?=[^/]*[0-9])[\w~%+=-]{32,})(?=/|$)",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// The address that was requested last, for a log: without its query, and without what a redirect may have put into
    /// its path, which no one but the two hosts knows.
    /// </summary>
    /// <param name="hops">The addresses, beginning with the link.</param>
    /// <param name="scrubber">Takes the values of their queries out.</param>
    public static string Redact(IReadOnlyList<Uri> hops, SecretScrubber scrubber)
    {
        string address = PresignedUri.Redact(hops[hops.Count - 1]);
        return hops.Count == 1
            ? address : PathToken.Replace(scrubber.ForRequests(hops).Scrub(address), SecretScrubber.Mask);
    }

    /// <summary>True when a response says where it redirects to, however badly.</summary>
    public static bool HasTarget(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Location", out var values) && values.Any(value => value.Trim().Length > 0);

    /// <summary>The address that a response redirects to.</summary>
    /// <param name="source">The object.</param>
    /// <param name="uri">The address that was requested.</param>
    /// <param name="response">A response with a <c>Location</c>.</param>
    /// <param name="redirects">How many redirects came before.</param>
    /// <exception cref="BackupLinksException">The redirect is not followed.</exception>
    public static Uri GetTarget(TransferSource source, Uri uri, HttpResponseMessage response, int redirects)
    {
        var location = response.Headers.Location;
        string? address = location is { IsAbsoluteUri: true } ? location.OriginalString
            : location is not null && Uri.TryCreate(uri, location, out var joined) ? joined.OriginalString : null;
        if (!PresignedUri.TryParse(address, out var target))
            throw RefusalErrors.Unusable(source, response, "a redirect to an address that is not valid");
        if (redirects == MostRedirects)
            throw RefusalErrors.Unusable(source, response, $"more than {MostRedirects} redirects");
        RequireSafe(source, uri, target!, ProxyHandler.Route(response));
        return target!;
    }

    private static void RequireSafe(TransferSource source, Uri uri, Uri target, string route)
    {
        // A store could have this machine, or the services beside it, requested in the caller's name.
        bool isHere = AddressRange.IsLoopback(target) && !AddressRange.IsLoopback(uri);
        bool isSameHost = target.Host.Equals(uri.Host, StringComparison.OrdinalIgnoreCase);
        if (isHere || (AddressRange.IsLinkLocal(target) && !isSameHost))
        {
            throw new BackupLinksException(
                ErrorKind.InsecureUri,
                $"{uri.Authority}{route} redirects {source.Subject} to {target.Authority}, "
                    + $"{(isHere ? "which is this machine" : "a link-local address")}, "
                    + "and the redirect is not followed; get a new link, or ask the owner of that host.");
        }

        if (uri.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
        {
            throw new BackupLinksException(
                ErrorKind.InsecureUri,
                $"{uri.Authority}{route} redirects {source.Subject} from https to plain http on {target.Authority}, "
                    + "which is not followed; get a new link, or ask the owner of that host.");
        }
    }
}
