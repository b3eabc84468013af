using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Discovery;

/// <summary>
/// Reads a list by <c>limit</c> and <c>offset</c>, and returns every entry once. The vendors' pages do not say whether
/// the offset counts from 0 or from 1: the sample of DCS gets the first record with <c>offset=1</c>. Totals may be
/// those of the page.
/// <list type="bullet">
/// <item>The first request has no offset, so that the list begins where the service begins to count.</item>
/// <item>The next offset is the number of entries seen. Where counting is from 1, the page begins with the entry that
/// the last one ended with, and entries that were seen before are left out; where it is from 0, nothing
/// overlaps.</item>
/// <item>The end is a page shorter than the limit, unless the total promises more (a service may cap the limit), or a
/// page that brings nothing new. A total never ends a list, and never keeps one going by itself.</item>
/// <item>Nothing behind a full first page may also mean that the offset counts pages, unless the total says that this
/// is all; the second page tells. (A list of as many full pages as there are entries on one would mislead that.)</item>
/// </list>
/// </summary>
/// <param name="limit">The most entries on a page.</param>
/// <param name="id">The id of an entry, by which it is known again.</param>
/// <param name="fetchAsync">Requests a page: the offset, null for none.</param>
internal sealed class Pager<T>(
    int limit, Func<T, string> id, Func<int?, CancellationToken, Task<ListPage<T>>> fetchAsync)
    where T : class
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Counting _counting = Counting.Unknown;
    private int? _offset;
    private long? _total;
    private int _nameless;
    private int _read;

    private enum Counting
    {
        // Before the first page.
        Unknown,

        // The offset is that of a second page.
        Tested,

        // The offset is a number of entries.
        Entries,

        // The offset may be a number of pages.
        PagesPerhaps,

        // The offset is a number of pages.
        Pages,
    }

    /// <summary>True for a list whose offset is the number of a page, as its documentation says.</summary>
    public bool CountsPages { get; init; }

    /// <summary>The number of the first page of such a list.</summary>
    public int FirstPage { get; init; } = 1;

    /// <summary>
    /// True for a list whose offset must be a multiple of the limit: entries that repeat, or that have no id, count,
    /// too, where all pages were full.
    /// </summary>
    public bool IsAligned { get; init; }

    /// <summary>
    /// The ids of the lists that are read before this one, whose entries it leaves out; null for a list by itself.
    /// </summary>
    public HashSet<string>? Known { get; init; }

    /// <summary>True when there are no more pages.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The next page, without the entries that were there before; it may be empty.</summary>
    /// <exception cref="Errors.ApiException">
    /// The request was refused or failed, or the response is unusable.
    /// </exception>
    public async Task<ListPage<T>> NextAsync(CancellationToken cancellationToken)
    {
        if (IsAtEnd)
            return ListPage<T>.Empty;
        var page = await fetchAsync(_offset, cancellationToken).ConfigureAwait(false);
        var entries = new List<T?>(page.Entries.Count);
        bool isKnown = false;
        foreach (var entry in page.Entries)
        {
            if (entry is null)
            {
                _nameless++;
            }
            else if (_seen.Add(id(entry)))
            {
                if (Known?.Add(id(entry)) == false)
                    isKnown = true;
                else
                    entries.Add(entry);
            }
        }

        _read += page.Entries.Count;
        (_counting, _offset) = Next(page, entries.Count);
        IsAtEnd = _offset is null;
        // A service that ignores what the lists differ in returns the same page again, with the same problem.
        return page with { Entries = entries, Problem = isKnown && entries.Count == 0 ? null : page.Problem };
    }

    private int NextEntry => IsAligned && _read % limit == 0 ? _read : _seen.Count;

    private (Counting Counting, int? Offset) Next(ListPage<T> page, int fresh)
    {
        _total = page.Total ?? _total;
        int reached = IsAligned && (_offset ?? 0) % limit == 0 ? _read : _seen.Count + _nameless;
        bool isPromised = page.Total > reached;
        bool isFull = page.Entries.Count >= limit;
        if (CountsPages)
            return (Counting.Pages, fresh > 0 && (isFull || isPromised) ? (_offset ?? FirstPage) + 1 : null);
        if (fresh > 0)
        {
            if (!isFull && !isPromised)
                return (_counting, null);
            return _counting switch
            {
                Counting.PagesPerhaps or Counting.Pages => (Counting.Pages, _offset + 1),
                Counting.Unknown => (Counting.Tested, NextEntry),
                _ => (Counting.Entries, NextEntry),
            };
        }

        return _counting switch
        {
            // A full page and then nothing at all: it is the whole list, or the offset was too many pages.
            Counting.Tested when page.Entries.Count == 0 && _seen.Count >= limit && _total != _seen.Count =>
                (Counting.PagesPerhaps, 1),
            // The first page again: pages are counted from 1.
            Counting.PagesPerhaps when _offset == 1 && isFull => (Counting.PagesPerhaps, 2),
            _ => (_counting, null),
        };
    }
}
