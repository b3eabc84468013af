using System;
using System.Net;
using System.Net.Sockets;

namespace BackupLinks.Http;

/// <summary>
/// Says where an address leads by its host alone, without a look-up: a host name other than localhost is in no range,
/// wherever it resolves to.
/// </summary>
internal static class AddressRange
{
    /// <summary>
    /// True for this machine: 127.0.0.0/8, ::1, localhost (RFC 6761), and the unspecified address, which leads here.
    /// </summary>
    public static bool IsLoopback(Uri uri)
    {
        string host = Host(uri);
        if (Parse(host) is { } address)
        {
            return IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
                || First(address, 0, 8);
        }

        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// True for a link-local address, 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291): clouds serve credentials of a
    /// machine there.
    /// </summary>
    public static bool IsLinkLocal(Uri uri) =>
        Parse(Host(uri)) is { } address
            && (address.IsIPv6LinkLocal || (First(address, 169, 8) && Second(address, 254, 8)));

    /// <summary>
    /// True for an address of a private network: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918), 100.64.0.0/10
    /// (RFC 6598) and fc00::/7 (RFC 4193).
    /// </summary>
    public static bool IsPrivate(Uri uri)
    {
        if (Parse(Host(uri)) is not { } address)
            return false;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return (address.GetAddressBytes()[0] & 0xFE) == 0xFC;
        return First(address, 10, 8)
            || (First(address, 172, 8) && Second(address, 16, 4))
            || (First(address, 192, 8) && Second(address, 168, 8))
            || (First(address, 100, 8) && Second(address, 64, 2));
    }

    // A dot at the end is of the name's root, also behind the digits of an address.
    private static string Host(Uri uri) => uri.IsAbsoluteUri ? uri.DnsSafeHost.TrimEnd('.') : "";

    // The address that the kernel connects to: one of IPv4 may be written as one of IPv6 (RFC 4291, 2.5.5; RFC 6052,
    // 2.1).
    private static IPAddress? Parse(string host)
    {
        if (!IPAddress.TryParse(host, out var address))
            return null;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        byte[] bytes = address.GetAddressBytes();
        bool isMapped = IsZero(bytes, 0, 10) && bytes[10] == 0xFF && bytes[11] == 0xFF;
        bool isCompatible = IsZero(bytes, 0, 12) && !IsZero(bytes, 12, 15);
        bool isTranslated = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == 0xFF && bytes[3] == 0x9B
            && IsZero(bytes, 4, 12);
        return isMapped || isCompatible || isTranslated
            ? new IPAddress(new[] { bytes[12], bytes[13], bytes[14], bytes[15] })
            : address;
    }

    private static bool IsZero(byte[] bytes, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (bytes[i] != 0)
                return false;
        }

        return true;
    }

    private static bool First(IPAddress address, byte value, int bits) => Matches(address, 0, value, bits);

    private static bool Second(IPAddress address, byte value, int bits) => Matches(address, 1, value, bits);

    private static bool Matches(IPAddress address, int index, byte value, int bits) =>
        address.AddressFamily == AddressFamily.InterNetwork
        && address.GetAddressBytes()[index] >> (8 - bits) == value >> (8 - bits);
}
