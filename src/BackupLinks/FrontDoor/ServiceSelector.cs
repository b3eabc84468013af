using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.FrontDoor;

/// <summary>
/// Finds services by what people type: a key (<c>HuaweiCloud.Rds</c>), a cloud (<c>HuaweiCloud</c>), a name that
/// several clouds may have (<c>Rds</c>), or any of these with wildcards.
/// </summary>
/// <param name="registry">The clouds.</param>
internal sealed class ServiceSelector(ProviderRegistry registry)
{
    /// <summary>The services of several names, in the order of the registry; all for no name.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnknownService"/>.</exception>
    public IReadOnlyList<BackupService> Select(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return [.. registry.Services];
        var found = new HashSet<BackupService>(names.SelectMany(Find));
        return [.. registry.Services.Where(found.Contains)];
    }

    /// <summary>The one service of a name.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnknownService"/>: none, or several.</exception>
    public BackupService SelectOne(string name)
    {
        var found = Find(name).ToArray();
        return found.Length == 1 ? found[0] : throw new BackupLinksException(
            ErrorKind.UnknownService,
            ScreenText.Sentence($"'{name}' stands for {found.Length} services")
                + $" ({List(found)}); name one of them.");
    }

    /// <summary>The services of a name, in the order of the registry.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnknownService"/>.</exception>
    public IReadOnlyList<BackupService> Find(string name)
    {
        BackupService[] found;
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            found = [.. registry.Services.Where(
                service => pattern.IsMatch(service.Key) || pattern.IsMatch(service.Name))];
        }
        else
        {
            found = registry.FindService(name) is { } service ? [service]
                : [.. registry.Services.Where(service => Is(service.Provider.Key, name) || Is(service.Name, name)
                    || service.OtherNames.Any(other => Is(other, name)))];
        }

        return found.Length > 0 ? found : throw Unknown(name);
    }

    /// <summary>The error for a name that no service has, with the nearest names.</summary>
    public BackupLinksException Unknown(string name)
    {
        var near = Spelling.Closest(name, registry.Services.Select(service => service.Key));
        string[] keys = near.Count > 0 ? [.. near] : [.. FindByLastPart(name)];
        string advice = keys.Length > 0 ? $"did you mean {string.Join(" or ", keys)}?"
            : $"the known ones are {List(registry.Services)}.";
        return new BackupLinksException(
            ErrorKind.UnknownService,
            ScreenText.Sentence($"'{name}' is not a service that the module knows; ") + advice);
    }

    private IEnumerable<string> FindByLastPart(string name)
    {
        var names = Spelling.Closest(
            name.Substring(name.LastIndexOf('.') + 1), registry.Services.Select(service => service.Name).Distinct());
        return registry.Services.Where(service => names.Contains(service.Name)).Select(service => service.Key);
    }

    private static string List(IEnumerable<BackupService> services) =>
        string.Join(", ", services.Select(service => service.Key));

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
