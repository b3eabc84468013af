using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Catalog.Reports;

/// <summary>
/// The symbols of a page: each state has a shape of its own. Colours alone do not tell states apart for everyone, and
/// fonts do not have the same characters everywhere.
/// </summary>
internal static class HtmlSymbols
{
    /// <summary>The symbol of a day from which nothing is kept.</summary>
    public const string Nothing = "Nothing";

    private const string Circle = "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11";

    private static readonly Dictionary<string, (string Group, string Path)> All = new(StringComparer.Ordinal)
    {
        [InstanceState.Unreachable] = ("bad", Circle + "M4.2 4.2l7.6 7.6"),
        [InstanceState.NoBackupInCloud] = ("bad", "M3 5h10M3 11h10"),
        [InstanceState.Damaged] = ("bad", "M4 4l8 8M12 4l-8 8"),
        [InstanceState.Missing] = ("bad", "M5.4 6a2.6 2.6 0 1 1 3.7 2.3c-.8.4-1.1.9-1.1 1.9M8 12.8v.4"),
        [InstanceState.Stale] = ("bad", Circle + "M8 5v3.3l2.2 1.3"),
        [InstanceState.Failed] = ("bad", "M8 2.8v6.9M8 12.8v.4"),
        [InstanceState.Suspicious] = ("warn", "M8 3v9.5M4.2 8.7L8 12.5l3.8-3.8"),
        [InstanceState.NotTested] = ("warn", "M8 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8"),
        [InstanceState.New] = ("quiet", "M8 3.5v9M3.5 8h9"),
        [InstanceState.Gone] = ("quiet", "M3.5 8h9"),
        [InstanceState.Ok] = ("ok", "M3 8.5l3.4 3.4L13 4.6"),
        [Nothing] = ("none", "M8 8v.1"),
    };

    /// <summary>The definitions, which the page has once.</summary>
    public static HtmlText Definitions()
    {
        var html = HtmlText.Of($"<svg class=\"symbols\" aria-hidden=\"true\">");
        foreach (var (state, (_, path)) in All.Select(each => (each.Key, each.Value)))
            html.Add($"<symbol id=\"s-{state}\" viewBox=\"0 0 16 16\"><path d=\"{path}\"/></symbol>");
        return html.Add($"</svg>\n");
    }

    /// <summary>The symbol of a state; that of nothing for an unknown one.</summary>
    public static HtmlText Of(string state) =>
        HtmlText.Of($"<svg class=\"{GroupOf(state)}\" aria-hidden=\"true\"><use href=\"#s-{Known(state)}\"/></svg>");

    private static string GroupOf(string state) => All[Known(state)].Group;

    private static string Known(string state) => All.ContainsKey(state) ? state : Nothing;
}
