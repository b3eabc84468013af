using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>The base of commands for all services of all clouds.</summary>
public abstract class CloudCommand : ProviderCommand
{
    private readonly CloudErrors _errors = new();
    private readonly Dictionary<string, BackupService> _endpoints = [];
    private readonly List<Provider> _clouds = [];

    private protected CloudCommand()
    {
    }

    private protected static ProviderRegistry Registry => Clouds.Registry;

    private protected static ServiceSelector Selector { get; } = new(Registry);

    private protected sealed override IEnumerable<string> Regions =>
        NamedServices.SelectMany(service => service.Regions).Distinct();

    private protected sealed override string Lister => string.Join(
        " or ",
        (_clouds.Count > 0 ? _clouds : NamedServices.Select(service => service.Provider)).Distinct().Select(
            provider => provider.Name));

    /// <summary>The names of the services that the caller gives; none for all.</summary>
    private protected virtual IReadOnlyList<string> ServiceNames { get; set; } = [];

    private IEnumerable<BackupService> NamedServices
    {
        get
        {
            try
            {
                return Selector.Select(ServiceNames);
            }
            catch (BackupLinksException)
            {
                // The name has an error of its own.
                return Registry.Services;
            }
        }
    }

    /// <summary>The words that the pages of a service list for what the command returns.</summary>
    private protected virtual VendorWords GetWords(BackupService service) => VendorWords.None;

    private protected sealed override IReadOnlyList<string>? FindWords(string parameter)
    {
        var words = NamedServices.Select(
            service => GetWords(service).Find(parameter)).OfType<IReadOnlyList<string>>();
        string[] all = [.. words.SelectMany(list => list).Distinct(StringComparer.OrdinalIgnoreCase)];
        return all.Length == 0 ? null : all;
    }

    private protected sealed override void Choose(IReadOnlyList<string> services) => ServiceNames = services;

    /// <summary>Notes that something is requested of a cloud, for errors about all that came.</summary>
    private protected void NoteRequest(Provider provider) => _clouds.Add(provider);

    /// <summary>Reads an object; null where that fails, and the object has its error.</summary>
    /// <param name="item">The object.</param>
    /// <param name="accepted">The kinds of object that the command takes, as they read in a sentence.</param>
    private protected ResourceInput? TryRead(PSObject item, string accepted)
    {
        try
        {
            return ResourceInput.Read(item, Registry, accepted);
        }
        catch (BackupLinksException e)
        {
            Fail(item, e);
            return null;
        }
    }

    /// <summary>Reports the error of an object that cannot be read, when its turn comes.</summary>
    private protected void Fail(PSObject item, BackupLinksException error) =>
        Fail(new RequestItem(item, "An object", LinkReader.IdsOf(item)), error);

    /// <summary>Opens the session for an item; null where that fails, and the item has its error.</summary>
    private protected ServiceSession? TryOpen(ResourceInput input, RequestItem item, string? region)
    {
        var provider = input.Service.Provider;
        try
        {
            RequireOwnEndpoint(input);
            return Sessions.Open(input.Service, input.GetSettings(region, Endpoint), input.Origin);
        }
        catch (BackupLinksException e)
        {
            Fail(item with { Cloud = provider.Key }, e);
            return null;
        }
    }

    // An error of a cloud is one record, however many items meet it, and a warning says which.
    private protected sealed override bool IsNews(RequestItem item, BackupLinksException error)
    {
        if (item.Cloud is not { } cloud || _errors.IsFirst(cloud, item, error))
            return true;
        this.Tell($"{item.Subject}: {error.Message}");
        return false;
    }

    private protected override void Complete()
    {
        foreach (string summary in _errors.Summaries)
            this.Warn(summary);
    }

    // Credentials of one cloud only; what they are sent to must be the service's.
    private void RequireOwnEndpoint(ResourceInput input)
    {
        var provider = input.Service.Provider;
        string? own = null;
        input.Origin?.Endpoints.TryGetValue(CredentialFields.Endpoint, out own);
        bool isOwn = Sessions.IsOwn(provider, input.Origin);
        var fields = isOwn ? input.Origin!.Credential : Sessions.Find(provider).Fields;
        string? endpoint = Endpoint ?? (isOwn ? own : null) ?? fields[CredentialFields.Endpoint];
        if (endpoint is null || provider.HasOneEndpoint || EndpointTemplate.NamesService(endpoint))
            return;
        if (!_endpoints.TryGetValue(endpoint, out var first))
            _endpoints.Add(endpoint, input.Service);
        else if (first != input.Service)
            throw OneServiceError.Of(endpoint, [first, input.Service]);
    }
}
