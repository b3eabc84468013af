using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>One cloud: all that the rest of the module must know of it, in one value.</summary>
internal abstract class Provider
{
    /// <summary>The key that its services and kinds of link begin with: the name without blanks.</summary>
    public abstract string Key { get; }

    /// <summary>The name that users know.</summary>
    public string Name => Conventions.Name;

    /// <summary>How its API words errors.</summary>
    public abstract ApiConventions Conventions { get; }

    /// <summary>The credentials that it accepts.</summary>
    public abstract CredentialSchema Credentials { get; }

    /// <summary>The metadata service of its machines; null when no secret of it can name a role.</summary>
    public virtual MachineRoleService? MachineRole => null;

    /// <summary>Its services.</summary>
    public abstract IReadOnlyList<BackupService> Services { get; }

    /// <summary>The regions that one of its services has.</summary>
    public IEnumerable<string> Regions =>
        Services.SelectMany(service => service.Regions).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a region that one of its services has, as far as its pages list them.</summary>
    public virtual bool HasRegion(string region) => Services.Any(service => service.HasRegion(region));

    /// <summary>
    /// The ends of the names of its stores' hosts that serve https, also where the API returns their addresses with
    /// plain http, as <see cref="Links.PresignedUri.ToHttps"/> takes them.
    /// </summary>
    public virtual IReadOnlyList<string> HttpsHosts => [];

    /// <summary>True when all of its services have one address, so that an endpoint is that of all.</summary>
    public virtual bool HasOneEndpoint => false;

    /// <summary>Opens a session whose objects remember what they were requested with; nothing is sent yet.</summary>
    /// <inheritdoc cref="OpenSession"/>
    public ServiceSession Open(
        BackupService service, SessionSettings settings, CredentialFields credential, SecretReference secret,
        RequestContext context)
    {
        var session = OpenSession(service, settings, credential, secret, context);
        var endpoints = Credentials.Settings.Where(key => key.IsEndpoint && settings[key.Name] is not null)
            .ToDictionary(key => key.Name, key => settings[key.Name]!);
        session.ResourceOrigin = new ResourceOrigin(service.Key, credential, secret, endpoints);
        return session;
    }

    /// <summary>Opens a session with one of its services; nothing is sent yet.</summary>
    /// <param name="service">The service.</param>
    /// <param name="settings">Region, endpoint and the like, as the caller gives them.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="secret">Where the credential came from.</param>
    /// <param name="context">The session's transport.</param>
    /// <exception cref="BackupLinksException">A setting or the credential is unusable.</exception>
    public abstract ServiceSession OpenSession(
        BackupService service, SessionSettings settings, CredentialFields credential, SecretReference secret,
        RequestContext context);

    /// <summary>
    /// The settings that a link names. An endpoint of a link that was read back counts only where the credential may
    /// go: to the provider's own hosts.
    /// </summary>
    /// <param name="service">The service of the link.</param>
    /// <param name="link">The link.</param>
    /// <param name="credential">The credential that goes there.</param>
    public SessionSettings ReadSettings(BackupService service, LinkProperties link, CredentialFields credential)
    {
        bool isBound = IsBoundToHost(credential);
        var settings = new SessionSettings();
        foreach (var key in Credentials.Settings)
        {
            settings[key.Name] = key.IsEndpoint
                ? link.Endpoint(key.Name, host => OwnsHost(service, key.Name, host), isBound)
                : link[key.Name];
        }

        return settings;
    }

    /// <summary>True for a host that belongs to the provider's service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="setting">The setting with the address.</param>
    /// <param name="host">The host.</param>
    public abstract bool OwnsHost(BackupService service, string setting, string host);

    /// <summary>True for a credential that is sent only as a signature that is good for no other host.</summary>
    public abstract bool IsBoundToHost(CredentialFields credential);
}
