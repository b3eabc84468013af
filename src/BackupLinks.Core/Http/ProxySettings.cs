using System;
using System.Net;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>The proxy of a command's requests.</summary>
/// <param name="Address">The proxy; null for what the environment says.</param>
/// <param name="UserName">The user to give to the proxy, also to the environment's; null for none.</param>
/// <param name="Password">That user's password.</param>
internal sealed record ProxySettings(Uri? Address, string? UserName, string? Password)
{
    private const int SocksPort = 1080;

    /// <summary>The credential for the proxy; null for none.</summary>
    public ICredentials? Credentials => UserName is null ? null : new NetworkCredential(UserName, Password);

    /// <summary>Checks what a user gave. A user and password in the address are taken out of it.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidProxy"/>.</exception>
    public static ProxySettings From(Uri? address, string? userName, string? password)
    {
        if (address is null)
            return new ProxySettings(null, userName, password);
        if (!IsProxy(address))
        {
            throw new BackupLinksException(
                ErrorKind.InvalidProxy,
                "-Proxy is not the address of a proxy; pass one such as http://proxy.example:8080.");
        }

        return Split(address, userName, password);
    }

    /// <summary>
    /// The proxy that an environment variable names, as curl reads it: the scheme may be left out. Null for none, and
    /// for what is not the address of a proxy.
    /// </summary>
    public static ProxySettings? FromVariable(string? text)
    {
        if (text is null)
            return null;
        string address = text.IndexOf("://", StringComparison.Ordinal) < 0 ? "http://" + text : text;
        // curl's name for the way that .NET always goes: the proxy resolves the host's name.
        if (address.StartsWith("socks5h:", StringComparison.OrdinalIgnoreCase))
            address = "socks5:" + address.Substring("socks5h:".Length);
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsProxy(uri) ? Split(uri, null, null) : null;
    }

    private static bool IsProxy(Uri address) => address.IsAbsoluteUri && address.Host.Length > 0
        && address.Scheme is ("http" or "https" or "socks4" or "socks4a" or "socks5");

    private static ProxySettings Split(Uri address, string? userName, string? password)
    {
        if (userName is null && address.UserInfo.Length > 0)
        {
            string[] parts = address.UserInfo.Split([':'], 2);
            userName = PercentEncoding.Decode(parts[0]);
            password = parts.Length > 1 ? PercentEncoding.Decode(parts[1]) : "";
        }

        var bare = new UriBuilder(address) { UserName = "", Password = "" };
        if (bare.Port < 0)
            bare.Port = SocksPort;
        return new ProxySettings(bare.Uri, userName, password);
    }

    /// <summary>The address only.</summary>
    public override string ToString() => Address?.GetLeftPart(UriPartial.Path) ?? "environment";
}
