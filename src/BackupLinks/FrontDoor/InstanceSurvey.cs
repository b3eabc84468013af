using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Secrets;
using BackupLinks.Transfer;

namespace BackupLinks.FrontDoor;

/// <summary>
/// Plans which lists of instances are requested: those of each service in each region, of the clouds with a credential.
/// </summary>
/// <param name="cmdlet">The command.</param>
/// <param name="sessions">Opens the sessions.</param>
/// <param name="services">The services that are wanted.</param>
/// <param name="regions">The regions that the caller names; none for those of the secret or the environment.</param>
/// <param name="endpoint">The endpoint that the caller names; null for none.</param>
internal sealed class InstanceSurvey(
    PSCmdlet cmdlet, SessionSource sessions, IReadOnlyList<BackupService> services, IReadOnlyList<string> regions,
    string? endpoint)
{
    private static readonly SourceIds NoIds = new(null, null, null);

    /// <summary>Takes the lists, for the next command.</summary>
    public InstanceLists? Lists { get; init; }

    /// <summary>True when only some instances of each list are wanted.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>The lists, in the order of clouds, services and regions.</summary>
    /// <param name="names">The names of services that the caller gives; none for all.</param>
    /// <param name="isOneOfSeveral">True where others come, for which there may be a credential.</param>
    /// <exception cref="BackupLinksException">There is no credential at all, and no others come.</exception>
    public IEnumerable<SurveyStop> Plan(IReadOnlyList<string> names, bool isOneOfSeveral)
    {
        try
        {
            return Plan(names);
        }
        catch (BackupLinksException e) when (isOneOfSeveral)
        {
            return services.Select(service => Failed(service.Provider, service, null, e));
        }
    }

    private IEnumerable<SurveyStop> Plan(IReadOnlyList<string> names)
    {
        Provider[] candidates = [.. services.Select(service => service.Provider).Distinct()];
        if (candidates.Length == 0)
            return [];
        var choices = new ProviderSelector(cmdlet, sessions).Choose(candidates, names, regions);
        if (endpoint is not null && choices.Count > 1)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidEndpoint,
                $"-Endpoint is an address of one cloud, and there are credentials "
                    + $"for {string.Join(" and ", choices.Select(choice => choice.Provider.Name))}; "
                + $"name the cloud, as in -Service {choices[0].Provider.Key}.");
        }

        return choices.SelectMany(choice => choice.Error is { } error
            ? [Failed(choice.Provider, null, null, error)]
            : PlanCloud(choice.Provider, choice.Credential!, FindOthers(choice, choices)));
    }

    // The regions that the caller names and that are another cloud's. One that no cloud has is the first one's error.
    private HashSet<string> FindOthers(ProviderSelector.Choice choice, IReadOnlyList<ProviderSelector.Choice> choices)
    {
        var all = choices.Where(other => other.Credential is not null).ToArray();
        return new(
            regions.Where(region => !choice.Provider.HasRegion(region)
                && (all.Any(other => other.Provider.HasRegion(region))
                    || (GetAddress(choice.Credential!) is null && choice != all[0]))),
            StringComparer.OrdinalIgnoreCase);
    }

    private string? GetAddress(FoundCredential credential) => endpoint ?? credential.Fields[CredentialFields.Endpoint];

    private IEnumerable<SurveyStop> PlanCloud(
        Provider provider, FoundCredential credential, HashSet<string> others)
    {
        foreach (string region in others)
            cmdlet.Tell($"{provider.Name} is not in {region}.");
        BackupService[] own = [.. services.Where(service => service.Provider == provider)];
        string? address = GetAddress(credential);
        if (address is not null && own.Length > 1 && !provider.HasOneEndpoint
            && !EndpointTemplate.NamesService(address))
            return [Failed(provider, null, null, OneServiceError.Of(address, own))];
        var named = regions.Count > 0 ? [.. regions.Where(region => !others.Contains(region))]
            : GetOwnRegions(provider, credential.Fields);
        if (regions.Count > 0 && named.Count == 0)
        {
            // Not requested is not the same as lost.
            foreach (var service in own)
                Lists?.Add(new InstanceList(service.Key, null, isNarrow: true));
            return [];
        }

        if (!provider.Regions.Any())
            return own.Select(service => ToStop(service, null, named));
        IReadOnlyList<string?> places = named.Count > 0 ? [.. named] : [null];
        // A region that no service has is one error, not one for each service.
        string[] unknown = address is not null ? []
            : [.. places.OfType<string>().Where(region => !own.Any(service => service.HasRegion(region)))];
        var known = places.Except(unknown).ToArray();
        return own
            .SelectMany(
                service =>
                    known.Where(region => IsThere(service, region, address))
                        .Select(region => ToStop(service, region, [])))
            .Concat(unknown.Select(region => ToStop(own[0], region, [])));
    }

    private static IReadOnlyList<string> GetOwnRegions(Provider provider, CredentialFields fields) =>
        SettingList.Split(new SessionSettings().Resolve(
            CredentialFields.Region, fields, provider.Credentials, Environment.GetEnvironmentVariable));

    private bool IsThere(BackupService service, string? region, string? address)
    {
        if (region is null || address is not null || service.HasRegion(region))
            return true;
        cmdlet.Tell($"{service.Key} is not in {region}.");
        return false;
    }

    // A list of all regions is filtered.
    private SurveyStop ToStop(BackupService service, string? region, IReadOnlyList<string> wanted)
    {
        var settings = new SessionSettings { [CredentialFields.Region] = region,
        [CredentialFields.Endpoint] = endpoint };
        try
        {
            var session = sessions.Open(service, settings);
            return new SurveyStop(ToItem(service.Provider, service, region, wanted))
            {
                Service = service,
                Session = session,
                Regions = wanted,
            };
        }
        catch (BackupLinksException e)
        {
            return Failed(service.Provider, service, region, e);
        }
    }

    private SurveyStop Failed(
        Provider provider, BackupService? service, string? region, BackupLinksException error) =>
        new(ToItem(provider, service, region)) { Error = error };

    // Piped into the command, the target of an error is the same list once more.
    private RequestItem ToItem(
        Provider provider, BackupService? service, string? region, IReadOnlyList<string>? wanted = null)
    {
        var target = new PSObject();
        string key = service?.Key ?? provider.Key;
        target.Properties.Add(new PSNoteProperty("Service", key));
        if (region is not null)
            target.Properties.Add(new PSNoteProperty("Region", region));
        string place = region is null ? "" : " in " + region;
        return new RequestItem(target, $"The list of instances of {key}{place}", NoIds)
        {
            Cloud = provider.Key,
            Place = provider.Key + place,
            Context = Lists?.Add(new InstanceList(key, region, IsNarrow, wanted)),
        };
    }
}
