using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>Makes a page of the records of a response.</summary>
    /// <param name="records">The records; null for none.</param>
    /// <param name="toEntry">Makes an entry; null for a record without an id.</param>
    /// <param name="total">How many entries the provider says the list has; null when it does not say.</param>
    /// <param name="toProblem">Makes the error of so many records without an id.</param>
    public static ListPage<T> Of<TRecord>(
        IEnumerable<TRecord?>? records, Func<TRecord, T?> toEntry, long? total, Func<int, ApiException> toProblem)
        where TRecord : class
    {
        T?[] entries = [.. (records ?? []).Select(record => record is null ? null : toEntry(record))];
        int nameless = entries.Count(entry => entry is null);
        return new ListPage<T>(entries, total, nameless == 0 ? null : toProblem(nameless));
    }
}
