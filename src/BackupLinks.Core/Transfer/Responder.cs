using System;
using System.Net.Http;
using BackupLinks.Http;

namespace BackupLinks.Transfer;

/// <summary>The sender of a response, which after a redirect is not the host of the link.</summary>
/// <param name="Host">Its name, and its port where it is not the usual one.</param>
/// <param name="Route">
/// The proxy that the response came through, as the end of a part of a sentence; empty for none.
/// </param>
internal readonly record struct Responder(string Host, string Route)
{
    /// <summary>The sender of a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="link">The address of the link, for a response that does not know its request.</param>
    public static Responder Of(HttpResponseMessage response, Uri link) =>
        new((response.RequestMessage?.RequestUri ?? link).Authority, ProxyHandler.Route(response));

    /// <summary>The host of an address, before any response.</summary>
    public static Responder Of(Uri address) => new(address.Authority, "");

    /// <summary>The host, and the proxy.</summary>
    public override string ToString() => Host + Route;
}
