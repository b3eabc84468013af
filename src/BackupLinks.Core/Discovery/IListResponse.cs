using System.Collections.Generic;

namespace BackupLinks.Discovery;

/// <summary>The shape that the vendors' lists have in common: entries, and how many there are.</summary>
internal interface IListResponse<out TRecord>
    where TRecord : class
{
    /// <summary>The entries; null for one that is not an object.</summary>
    IReadOnlyList<TRecord?>? Records { get; }

    /// <summary>How many there are, by the provider's account; null when it gives none.</summary>
    long? Total { get; }
}
