using System;
using System.Net;

namespace BackupLinks.Http;

/// <summary>The proxy of a command's requests.</summary>
/// <param name="Address">The proxy; null for what the environment says.</param>
/// <param name="UserName">The user to give to the proxy; null for none.</param>
/// <param name="Password">That user's password.</param>
internal sealed record ProxySettings(Uri? Address, string? UserName, string? Password)
{
    /// <summary>What the environment says.</summary>
    public static readonly ProxySettings Environment = new(null, null, null);

    /// <summary>The proxy as the framework takes it; null for what the environment says.</summary>
    public IWebProxy? ToWebProxy()
    {
        if (Address is null)
            return null;
        var proxy = new WebProxy(Address);
        if (UserName is not null)
            proxy.Credentials = new NetworkCredential(UserName, Password);
        return proxy;
    }

    /// <summary>The address only.</summary>
    public override string ToString() => Address?.GetLeftPart(UriPartial.Path) ?? "environment";
}
