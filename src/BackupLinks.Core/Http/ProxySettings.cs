using System;
using System.Net;

namespace BackupLinks.Http;

/// <summary>The proxy of a command's requests.</summary>
/// <param name="Address">The proxy; null for what the environment says.</param>
/// <param name="UserName">The user to give to the proxy, also to the environment's; null for none.</param>
/// <param name="Password">That user's password.</param>
internal sealed record ProxySettings(Uri? Address, string? UserName, string? Password)
{
    /// <summary>The credential for the proxy; null for none.</summary>
    public ICredentials? Credentials => UserName is null ? null : new NetworkCredential(UserName, Password);

    /// <summary>The address only.</summary>
    public override string ToString() => Address?.GetLeftPart(UriPartial.Path) ?? "environment";
}
