using System.Net;
using System.Net.Http;

namespace BackupLinks.Http;

/// <summary>
/// A proxy refused a request itself, so the host never got it, and the same request will be refused again.
/// </summary>
/// <param name="status">The proxy's status: 407 for a missing or wrong credential, also from a SOCKS proxy.</param>
/// <param name="hadCredential">True when a credential was offered.</param>
internal sealed class ProxyRefusedException(HttpStatusCode status, bool hadCredential)
    : HttpRequestException("The proxy refused the request.")
{
    /// <summary>The proxy's status.</summary>
    public HttpStatusCode Status => status;

    /// <summary>True when a credential was offered.</summary>
    public bool HadCredential => hadCredential;
}
