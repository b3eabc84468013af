using System;
using System.Net.Http;

namespace BackupLinks.Http;

/// <summary>The session's transport as one command uses it.</summary>
/// <param name="Transport">What the session shares.</param>
/// <param name="Settings">How patient this command is.</param>
/// <param name="Proxy">Which way its requests go.</param>
/// <param name="Progress">Told of its requests; null for nobody.</param>
internal sealed record CommandPipeline(
    ApiTransport Transport, RequestSettings Settings, ProxySettings Proxy, IProgress<RequestReport>? Progress)
{
    /// <summary>A client whose requests carry a credential.</summary>
    /// <param name="authentication">Adds the credential; null for none.</param>
    public HttpClient CreateClient(AuthenticationHandler? authentication) =>
        Transport.CreateClient(Settings, Proxy, authentication, Progress);
}
