using System;
using System.Collections.Generic;
using System.Management.Automation;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Secrets;

namespace BackupLinks.FrontDoor;

/// <summary>
/// Opens the sessions of a command: one for each service, credential and place. The caller's credential wins; else an
/// object of this session brings its own; else it is the default credential of its cloud. On the pipeline thread.
/// </summary>
/// <param name="cmdlet">The command, for its vaults.</param>
/// <param name="context">The transport of the command.</param>
/// <param name="given">What the caller gives.</param>
internal sealed class SessionSource(PSCmdlet cmdlet, RequestContext context, GivenCredential given)
{
    private readonly SecretReader _reader = new(cmdlet);
    private readonly Dictionary<Provider, FoundCredential> _credentials = [];
    private readonly Dictionary<Provider, BackupLinksException> _failures = [];
    private readonly Dictionary<(BackupService Service, ResourceOrigin? Origin, string Settings), ServiceSession>
        _sessions = [];

    /// <summary>What the caller gives of the credential.</summary>
    public GivenCredential Given => given;

    /// <summary>The credential for a cloud, which is looked for once, also when there is none.</summary>
    /// <exception cref="BackupLinksException">There is none, or it is unusable.</exception>
    public FoundCredential Find(Provider provider)
    {
        if (_credentials.TryGetValue(provider, out var found))
            return found;
        if (_failures.TryGetValue(provider, out var failure))
            throw failure.Copy();
        try
        {
            found = new CredentialResolver(cmdlet, provider.Credentials, _reader)
                .Find(given.Credential, given.SecretName, given.Vault);
        }
        catch (BackupLinksException e)
        {
            _failures.Add(provider, e);
            throw;
        }

        _credentials.Add(provider, found);
        return found;
    }

    /// <summary>The session with a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="settings">Region, endpoint and the like, as far as they are known.</param>
    /// <param name="origin">
    /// Where the object came from whose backups, logs or links are requested; null for elsewhere.
    /// </param>
    /// <exception cref="BackupLinksException">A setting or the credential is unusable.</exception>
    public ServiceSession Open(BackupService service, SessionSettings settings, ResourceOrigin? origin = null)
    {
        if (!IsOwn(service.Provider, origin))
            origin = null;
        var key = (service, origin, settings.ToString());
        if (_sessions.TryGetValue(key, out var session))
            return session;
        foreach (var endpoint in origin?.Endpoints ?? NoEndpoints)
            settings[endpoint.Key] ??= endpoint.Value;
        var found = origin is null ? Find(service.Provider) : new FoundCredential(origin.Credential, origin.Secret);
        session = service.Provider.Open(
            service, settings, found.Fields, found.Secret, context with { Log = context.Log.ForPart() });
        _sessions.Add(key, session);
        return session;
    }

    /// <summary>True when the credential that an object was requested with is used for it.</summary>
    public bool IsOwn(Provider provider, ResourceOrigin? origin) =>
        !given.IsGiven && origin is not null && origin.Service.StartsWith(provider.Key + ".", StringComparison.Ordinal);

    private static readonly Dictionary<string, string> NoEndpoints = [];
}
