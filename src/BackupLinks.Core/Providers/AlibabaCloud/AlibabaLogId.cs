using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// The id of a log: <c>binlog/2024-01-15T00:00:00Z/5422964/mysql-bin.000217</c>. No action returns one log, so the id
/// has what finds it in a list: the action, the time of its first entry, the node, and the name. A caller may give the
/// name alone.
/// </summary>
/// <param name="Action">The action whose list it is in; null for any.</param>
/// <param name="Time">The time of its first entry; null for unknown.</param>
/// <param name="Rest">The node, where there is one, and the name.</param>
internal readonly record struct AlibabaLogId(AlibabaLogAction? Action, DateTimeOffset? Time, string Rest)
{
    private const char Separator = '/';
    private const string NoTime = "-";

    /// <summary>The node; null for none, or for an id without a time.</summary>
    public string? NodeId => Action is not null && Rest.IndexOf(Separator) is var end and > 0
        ? Rest.Substring(0, end) : null;

    /// <summary>The id of a log of a list; null for one that has nothing to be known by.</summary>
    public static string? Of(AlibabaLogItem item) => item.Key is null || item.Action is null
        ? null
        : string.Join(
            Separator.ToString(), item.Action.Word, item.StartTime is { } time
                ? time.UtcDateTime.ToString(AlibabaLogAction.Seconds, CultureInfo.InvariantCulture) : NoTime,
            Tail(item));

    /// <summary>Reads an id.</summary>
    /// <param name="text">The id.</param>
    /// <param name="actions">The actions that the service has.</param>
    public static AlibabaLogId Parse(string text, IReadOnlyList<AlibabaLogAction> actions)
    {
        string[] parts = text.Split([Separator], 3);
        var action = actions.FirstOrDefault(action => action.Word == parts[0]);
        if (action is null || parts.Length < 3)
            return new AlibabaLogId(null, null, text);
        var time = WireTime.Parse(parts[1], TimeSpan.Zero);
        return time is null && parts[1] != NoTime
            ? new AlibabaLogId(null, null, text) : new AlibabaLogId(action, time, parts[2]);
    }

    /// <summary>True for the log that the id names.</summary>
    public bool Names(AlibabaLogItem item) =>
        Rest == Tail(item) || (Action is null && (Rest == item.Key || Rest == item.Name));

    private static string? Tail(AlibabaLogItem item) =>
        item.NodeId is { } node ? node + Separator + item.Key : item.Key;
}
