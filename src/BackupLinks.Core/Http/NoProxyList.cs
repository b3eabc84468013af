using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace BackupLinks.Http;

/// <summary>
/// The hosts that are reached without a proxy, as <c>NO_PROXY</c> lists them and curl 7.86 and later reads it: names
/// with all names below them, addresses, networks (<c>10.0.0.0/8</c>), and <c>*</c> for all. A port may follow, as
/// Go's <c>golang.org/x/net/http/httpproxy</c> allows. No name is resolved for it.
/// </summary>
internal static class NoProxyList
{
    private static readonly char[] Separators = [',', ' ', '\t', ';'];

    /// <summary>True when the list has the host of the address.</summary>
    public static bool Contains(string? list, Uri address)
    {
        string host = address.IdnHost.TrimEnd('.');
        var ip = ParseAddress(host);
        return (list ?? "")
            .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Any(entry => entry == "*" || IsMatch(entry, host, ip, address.Port));
    }

    private static bool IsMatch(string entry, string host, IPAddress? ip, int port)
    {
        var (pattern, isForPort) = SplitPort(entry, port);
        if (!isForPort)
            return false;
        string[] parts = pattern.Split('/');
        if (ParseAddress(parts[0]) is { } network)
            return ip is not null && IsInNetwork(ip, network, parts);
        string name = pattern.TrimEnd('.').TrimStart('*').TrimStart('.');
        return ip is null && name.Length > 0
            && (host.Equals(name, StringComparison.OrdinalIgnoreCase)
                || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }

    // "[::1]:8080", "host:8080"; "::1" alone has no port.
    private static (string Pattern, bool IsForPort) SplitPort(string entry, int port)
    {
        int colon = entry.LastIndexOf(':');
        bool hasPort = colon > 0 && (entry[colon - 1] == ']' || entry.IndexOf(':') == colon);
        return hasPort
            ? (entry.Substring(0, colon), entry.Substring(colon + 1) == port.ToString(CultureInfo.InvariantCulture))
            : (entry, true);
    }

    private static bool IsInNetwork(IPAddress ip, IPAddress network, string[] parts)
    {
        byte[] left = ip.GetAddressBytes();
        byte[] right = network.GetAddressBytes();
        int bits = left.Length * 8;
        if (left.Length != right.Length || parts.Length > 2)
            return false;
        if (parts.Length == 2
            && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits)
                || bits > left.Length * 8))
            return false;
        return Enumerable.Range(0, bits).All(bit => ((left[bit / 8] ^ right[bit / 8]) & (0x80 >> (bit % 8))) == 0);
    }

    // An IPv4 address in the form of an IPv6 address is the IPv4 address. "1" and "0x7f" are names here, not addresses.
    private static IPAddress? ParseAddress(string text)
    {
        string bare = text.StartsWith("[", StringComparison.Ordinal) && text.EndsWith("]", StringComparison.Ordinal)
            ? text.Substring(1, text.Length - 2)
            : text;
        if (bare.IndexOf(':') < 0 && bare.Split('.').Length != 4)
            return null;
        if (!IPAddress.TryParse(bare, out var ip))
            return null;
        return ip.AddressFamily == AddressFamily.InterNetworkV6 && ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
    }
}
