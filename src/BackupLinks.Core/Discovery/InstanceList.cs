using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Discovery;

/// <summary>A list of instances that a command requested, and what became of it.</summary>
/// <param name="service">The key of the service; that of the cloud where the error is the cloud's.</param>
/// <param name="region">The region; null for all that the service has.</param>
/// <param name="isNarrow">True when only some instances were wanted.</param>
/// <param name="regions">The regions that were wanted of a list of all regions; null or none for all.</param>
internal sealed class InstanceList(
    string service, string? region, bool isNarrow, IReadOnlyList<string>? regions = null)
{
    /// <summary>The key of the service; that of the cloud where the error is the cloud's.</summary>
    public string Service => service;

    /// <summary>The region; null for all that the service has.</summary>
    public string? Region => region;

    /// <summary>True for a region whose instances it would have.</summary>
    /// <param name="other">The region; null for one that is not known.</param>
    public bool Covers(string? other) => other is null
        || (region is null
            ? regions is null or [] || regions.Contains(other, StringComparer.OrdinalIgnoreCase)
            : region.Equals(other, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when only some instances were wanted, so that an absent one may exist.</summary>
    public bool IsNarrow => isNarrow;

    /// <summary>The lists of the command.</summary>
    public InstanceLists? Owner { get; internal set; }

    /// <summary>The number of instances that it has.</summary>
    public int Count { get; set; }

    /// <summary>True when it was read to its end.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Why it, or an entry of it, could not be read, as a sentence; null for no problem.</summary>
    public string? Problem { get; set; }

    /// <summary>Takes a page of it, whose instances remember where they come from.</summary>
    public void Take(IResultPage<object> page)
    {
        foreach (var instance in page.Results.OfType<CloudInstance>())
            instance.Lists = Owner;
        Count += page.Results.Count;
        IsComplete = !page.HasMore;
        if (page.Problems.Count > 0)
            Problem ??= page.Problems[0].Message;
    }
}
