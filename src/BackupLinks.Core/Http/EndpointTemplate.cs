using System;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>
/// An address that stands for those of several services or regions, as partner and private clouds have them:
/// <c>https://{service}.{region}.otc.t-systems.com</c>.
/// </summary>
internal static class EndpointTemplate
{
    private const string Service = "{service}";
    private const string Region = "{region}";

    /// <summary>True for an address that leads to each service at its own.</summary>
    public static bool NamesService(string address) => IndexOf(address, Service) >= 0;

    /// <summary>The address of one service in one region.</summary>
    /// <param name="address">The address, with or without placeholders.</param>
    /// <param name="service">The service, as the vendor's host names have it.</param>
    /// <param name="region">The region; null when none is known.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.UnknownRegion"/>: the address has a place for the region, and none is known, or it is not a
    /// name.
    /// </exception>
    public static string Expand(string address, string service, string? region)
    {
        if (region is null && IndexOf(address, Region) >= 0)
        {
            throw new BackupLinksException(
                ErrorKind.UnknownRegion,
                $"The endpoint '{ScreenText.Excerpt(address)}' has a place for the region, and no region is known; "
                + "pass -Region, or store one with the credential.");
        }

        // A region may come out of a file: it must not lead the credential to another host.
        if (IndexOf(address, Region) >= 0
            && !region!.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
        {
            throw new BackupLinksException(
                ErrorKind.UnknownRegion,
                $"'{ScreenText.Excerpt(region)}' is not the name of a region; a name has letters, digits, hyphens and "
                + "underscores.");
        }

        return Replace(Replace(address, Service, service), Region, region ?? "");
    }

    private static int IndexOf(string address, string placeholder) =>
        address.IndexOf(placeholder, StringComparison.OrdinalIgnoreCase);

    private static string Replace(string address, string placeholder, string value)
    {
        for (int i = IndexOf(address, placeholder); i >= 0; i = IndexOf(address, placeholder))
            address = address.Substring(0, i) + value + address.Substring(i + placeholder.Length);
        return address;
    }
}
