using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Threading;
using BackupLinks.Credentials;
using BackupLinks.Errors;
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
    private readonly ConcurrentDictionary<Type, object> _shared = new();

    /// <summary>Lets so many requests for links pass at once; null for any number.</summary>
    public SemaphoreSlim? LinkGate { get; init; }

    /// <summary>What the sessions of one command share with each other, made for the first of them.</summary>
    public T Share<T>()
        where T : new() => (T)_shared.GetOrAdd(typeof(T), static _ => new T());

    /// <summary>The key of a secret, or the keys of the role that it names.</summary>
    /// <param name="service">Has the keys of roles.</param>
    /// <param name="fields">The secret, with an access key or a role.</param>
    /// <param name="scrubber">Learns the keys of a role.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public IKeySource GetKeys(MachineRoleService service, CredentialFields fields, SecretScrubber scrubber) =>
        fields[CredentialFields.Role] is { } role
            ? new MachineRoleKeys(
                Transport.Remember<MachineRoles>().Get(service, role.Trim(), Transport), scrubber, Log)
            : new FixedKey(new SigningKey(
                fields.Require(CredentialFields.AccessKey), fields.Require(CredentialFields.SecretKey),
                fields[CredentialFields.SecurityToken]));

    /// <summary>A client whose requests carry a credential.</summary>
    /// <param name="authentication">Adds the credential; null for none.</param>
    /// <param name="scrubber">Knows the credential's secrets.</param>
    /// <param name="provider">Knows the codes of errors that may pass.</param>
    public HttpClient CreateClient(
        AuthenticationHandler? authentication, SecretScrubber scrubber, ApiConventions provider) =>
        Transport.CreateClient(Settings, Proxy, authentication, scrubber, Log, provider);
}
