using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox;

/// <summary>How lists are cut into pages, and the ways in which that is odd. By default it is as documented.</summary>
public sealed class SandboxPaging
{
    /// <summary>What the offset of the first entry is: 0, or 1 as in a sample of DCS.</summary>
    public int OffsetBase { get; set; }

    /// <summary>True to count pages with the offset, in place of entries.</summary>
    public bool OffsetCountsPages { get; set; }

    /// <summary>The most entries on a page, whatever limit was requested; null for no such bound.</summary>
    public int? MostOnAPage { get; set; }

    /// <summary>What is added to every total: totals that lie.</summary>
    public int TotalError { get; set; }

    /// <summary>True to give the number of entries on the page as the total.</summary>
    public bool TotalIsOfThePage { get; set; }

    /// <summary>True to leave totals out.</summary>
    public bool NoTotal { get; set; }

    /// <summary>True to return the first page to every request.</summary>
    public bool RepeatsTheFirstPage { get; set; }

    /// <summary>True to return an empty list where a page has nothing, in place of status 204.</summary>
    public bool BodyWhenEmpty { get; set; }

    /// <summary>
    /// True to send <c>{}</c> where a text is absent, as the samples of the DCS pages do. The vendor's own SDKs read a
    /// text or null there, and null is the default.
    /// </summary>
    public bool EmptyObjectForNull { get; set; }

    /// <summary>A text that is absent, in the shape that was chosen.</summary>
    internal object? Absent => EmptyObjectForNull ? new { } : null;

    /// <summary>Cuts out the page that a request names.</summary>
    /// <param name="context">The request, with <c>limit</c> and <c>offset</c>.</param>
    /// <param name="all">The list.</param>
    /// <param name="defaultLimit">The entries on a page when no limit is requested.</param>
    /// <param name="largestLimit">The most that may be requested.</param>
    /// <returns>The page and the total; null for parameters that are not allowed.</returns>
    internal (IReadOnlyList<T> Page, int? Total)? Cut<T>(
        HttpContext context, IReadOnlyList<T> all, int defaultLimit, int largestLimit)
    {
        if (Read(context, "limit", defaultLimit) is not { } limit || limit < 1 || limit > largestLimit
            || Read(context, "offset", OffsetBase) is not { } offset || offset < 0)
        {
            return null;
        }

        limit = Math.Min(limit, MostOnAPage ?? limit);
        long start = RepeatsTheFirstPage ? 0 : (offset - (long)OffsetBase) * (OffsetCountsPages ? limit : 1);
        IReadOnlyList<T> page = start < 0 || start >= all.Count ? [] : [.. all.Skip((int)start).Take(limit)];
        return (page, NoTotal ? null : (TotalIsOfThePage ? page.Count : all.Count) + TotalError);
    }

    private static int? Read(HttpContext context, string name, int ifAbsent)
    {
        string text = context.Request.Query[name].ToString();
        return text.Length == 0 ? ifAbsent
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
            : null;
    }
}
