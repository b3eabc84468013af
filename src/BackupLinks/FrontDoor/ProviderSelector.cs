using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Providers;
using BackupLinks.Secrets;

namespace BackupLinks.FrontDoor;

/// <summary>Finds the clouds for which there is a credential.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="sessions">Finds credentials.</param>
internal sealed class ProviderSelector(PSCmdlet cmdlet, SessionSource sessions)
{
    /// <summary>A cloud with its credential, or with the reason why there is none.</summary>
    /// <param name="Provider">The cloud.</param>
    /// <param name="Credential">The credential; null where there is an error.</param>
    /// <param name="Error">The error; null where there is a credential.</param>
    public sealed record Choice(Provider Provider, FoundCredential? Credential, BackupLinksException? Error = null);

    /// <summary>The clouds to send requests to.</summary>
    /// <param name="candidates">The clouds of the services that the caller wants.</param>
    /// <param name="names">
    /// The names of services that the caller gives. A cloud that one of them begins with needs a credential; a name
    /// that several clouds have stands for those with one.
    /// </param>
    /// <param name="regions">The regions that the caller names.</param>
    /// <exception cref="BackupLinksException">
    /// There is no credential for any of them, or it may be of several.
    /// </exception>
    public IReadOnlyList<Choice> Choose(
        IReadOnlyList<Provider> candidates, IReadOnlyList<string> names, IReadOnlyList<string> regions)
    {
        if (candidates.Count == 1)
            return [new Choice(candidates[0], sessions.Find(candidates[0]))];
        if (sessions.Given.IsOfAnyCloud)
            return [ChooseOne(candidates, regions)];
        var choices = new List<Choice>();
        foreach (var provider in candidates)
        {
            try
            {
                choices.Add(new Choice(provider, sessions.Find(provider)));
            }
            catch (BackupLinksException e) when (!IsNamed(provider, names)
                && e.Kind is ErrorKind.CredentialNotFound or ErrorKind.SecretNotFound)
            {
                cmdlet.Tell($"{provider.Name} is left out: {e.Message}");
            }
            catch (BackupLinksException e)
            {
                choices.Add(new Choice(provider, null, e));
            }
        }

        return choices.Count > 0 ? choices : throw NotFound(candidates);
    }

    // A credential that the caller names does not say which cloud it is of.
    private Choice ChooseOne(IReadOnlyList<Provider> candidates, IReadOnlyList<string> regions)
    {
        var fitting = new List<Choice>();
        BackupLinksException? misfit = null;
        foreach (var provider in candidates)
        {
            try
            {
                var found = sessions.Find(provider);
                provider.Credentials.Identify(found.Fields);
                fitting.Add(new Choice(provider, found));
            }
            catch (BackupLinksException e) when (e.Kind == ErrorKind.InvalidSecret)
            {
                misfit ??= e;
            }
        }

        if (fitting.Count == 0)
            throw misfit!;
        return Only(fitting)
            ?? Only(fitting.Where(choice => HasOneOf(choice, regions)))
            ?? Only(fitting.Where(choice => HasAllOf(choice, regions)))
            ?? Only(fitting.Where(IsNamedAfter))
            ?? throw new BackupLinksException(
                ErrorKind.InvalidRequest,
                $"{fitting[0].Credential!.Fields.Source} may be "
                    + $"of {string.Join(" or ", fitting.Select(choice => choice.Provider.Name))}; "
                + $"name the cloud, as in -Service {fitting[0].Provider.Key}.");
    }

    private static Choice? Only(IEnumerable<Choice> choices) => choices.Take(2).ToArray() is [var only] ? only : null;

    private static bool IsNamed(Provider provider, IReadOnlyList<string> names) => names.Any(
        name => name.Split('.')[0].Equals(provider.Key, StringComparison.OrdinalIgnoreCase));

    private static bool HasOneOf(Choice choice, IReadOnlyList<string> regions) =>
        RegionsOf(choice, regions).Any(region => HasRegion(choice, region));

    private static bool HasAllOf(Choice choice, IReadOnlyList<string> regions) =>
        RegionsOf(choice, regions) is { Count: > 0 } named && named.All(region => HasRegion(choice, region));

    private static bool HasRegion(Choice choice, string region) =>
        choice.Provider.HasRegion(region);

    private static IReadOnlyList<string> RegionsOf(Choice choice, IReadOnlyList<string> regions) =>
        regions.Count > 0 ? regions : SettingList.Split(choice.Credential!.Fields[CredentialFields.Region]);

    private bool IsNamedAfter(Choice choice) =>
        sessions.Given.SecretName?.StartsWith(
            choice.Provider.Credentials.SecretName, StringComparison.OrdinalIgnoreCase) == true;

    private static BackupLinksException NotFound(IReadOnlyList<Provider> providers)
    {
        var schemas = providers.Select(provider => provider.Credentials).ToArray();
        string places = string.Join("; ", schemas.Select(
            schema => $"for {schema.Provider} a secret '{schema.SecretName}', or {schema.VariableNames}"));
        return new BackupLinksException(
            ErrorKind.CredentialNotFound,
            "No credential for any cloud was given or found; pass -SecretName or -Credential, or store one in the "
            + $"default vault or the environment ({places}).");
    }
}
