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
    /// <summary>The credential for the proxy; null for none.</summary>
    public ICredentials? Credentials => UserName is null ? null : new NetworkCredential(UserName, Password);

    /// <summary>Checks what a user gave. A user and password in the address are taken out of it.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidProxy"/>.</exception>
    public static ProxySettings From(Uri? address, string? userName, string? password)
    {
        if (address is null)
            return new ProxySettings(null, userName, password);
        if (!address.IsAbsoluteUri || address.Host.Length == 0 || address.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
        {
            throw new BackupLinksException(
                ErrorKind.InvalidProxy, "-Proxy is not the address of a proxy; pass something like http://proxy.example:8080.");
        }

        if (userName is null && address.UserInfo.Length > 0)
        {
            string[] parts = address.UserInfo.Split([':'], 2);
            userName = PercentEncoding.Decode(parts[0]);
            password = parts.Length > 1 ? PercentEncoding.Decode(parts[1]) : "";
        }

        return new ProxySettings(new UriBuilder(address) { UserName = "", Password = "" }.Uri, userName, password);
    }

    /// <summary>The address only.</summary>
    public override string ToString() => Address?.GetLeftPart(UriPartial.Path) ?? "environment";
}
