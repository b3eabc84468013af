using System.Collections.Generic;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>One page of a list as a provider sent it.</summary>
/// <param name="Entries">The entries, in the provider's order; null for one without an id.</param>
/// <param name="Total">
/// How many entries the provider says the list has; null when it does not say. Not to be relied on.
/// </param>
/// <param name="Problem">The problem of the entries that are null; null when none is.</param>
internal sealed record ListPage<T>(IReadOnlyList<T?> Entries, long? Total, ApiException? Problem = null)
    where T : class
{
    /// <summary>Nothing: also the meaning of a response without a body (status 204).</summary>
    public static readonly ListPage<T> Empty = new([], null);
}
