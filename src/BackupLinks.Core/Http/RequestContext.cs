using System.Net.Http;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>The session's transport as one command uses it.</summary>
/// <param name="Transport">The transport that the session shares.</param>
/// <param name="Settings">How patient this command is.</param>
/// <param name="Proxy">Which way its requests go.</param>
/// <param name="Log">Told of its requests.</param>
internal sealed record RequestContext(
    ApiTransport Transport, RequestSettings Settings, ProxySettings Proxy, RequestLog Log)
{
    /// <summary>A client whose requests carry a credential.</summary>
    /// <param name="authentication">Adds the credential; null for none.</param>
    /// <param name="scrubber">Knows the credential's secrets.</param>
    /// <param name="provider">Knows the codes of errors that may pass.</param>
    public HttpClient CreateClient(AuthenticationHandler? authentication, SecretScrubber scrubber, ApiConventions provider) =>
        Transport.CreateClient(Settings, Proxy, authentication, scrubber, Log, provider);
}
