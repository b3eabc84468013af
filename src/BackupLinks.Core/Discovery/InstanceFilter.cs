using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>Which instances are requested. Members that are null or empty choose nothing.</summary>
internal sealed record InstanceFilter
{
    /// <summary>The one instance to request, or else it is an error.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The names that are wanted; null for all.</summary>
    public NameFilter? Names { get; init; }

    /// <summary>The provider's words for states; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The provider's words for engines; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>The provider's words for kinds of instance; upper and lower case are the same.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The regions, for a service that lists those of all regions at once.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>True for an instance that is wanted.</summary>
    public bool IsWanted(IInstance instance) =>
        Names?.IsWanted(instance.Name) != false
        && IsOneOf(instance.Status, Statuses) && IsOneOf(instance.Engine, Engines) && IsOneOf(instance.Type, Types)
            && IsOneOf(instance.Region, Regions);

    /// <summary>The instances of a list that are wanted.</summary>
    /// <param name="pager">Gets the pages.</param>
    /// <param name="absent">Makes the error for the one instance that is not in the list.</param>
    public IListing<IInstance> Apply(Pager<IInstance> pager, Func<ApiException> absent) => Apply([pager], absent);

    /// <summary>The instances of one list after the other that are wanted.</summary>
    /// <param name="pagers">Get the pages of each.</param>
    /// <param name="absent">Makes the error for the one instance that is in none of the lists.</param>
    public IListing<IInstance> Apply(IReadOnlyList<Pager<IInstance>> pagers, Func<ApiException> absent) =>
        InstanceId is null
            ? new ListingChain<IInstance>([.. pagers.Select(pager => new Listing<IInstance>(pager, IsWanted))])
            : new SingleEntry<IInstance>(pagers, instance => instance.InstanceId == InstanceId, IsWanted, absent);

    private static bool IsOneOf(string? word, IReadOnlyList<string> wanted) =>
        wanted.Count == 0 || wanted.Contains(word, StringComparer.OrdinalIgnoreCase);
}
