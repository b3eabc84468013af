using System;
using BackupLinks.Formatting;

namespace BackupLinks.Manifests;

/// <summary>How long the links of an exported file work, and what to do about those that have expired.</summary>
internal sealed class ExportedLifetimes
{
    private int _live;
    private int _endless;
    private int _renewable;
    private int _lost;
    private bool _isOpinion;
    private DateTimeOffset? _firstEnd;
    private DateTimeOffset? _lastEnd;

    /// <summary>The links.</summary>
    public int Count => _live + Expired;

    /// <summary>False when no link of the file works, by a clock that decides.</summary>
    public bool MayWork => _live > 0 || _isOpinion;

    private int Expired => _renewable + _lost;

    /// <summary>Adds a link.</summary>
    /// <param name="end">When it expires; null when that is not known.</param>
    /// <param name="now">The time.</param>
    /// <param name="isKnown">True for the time of the store or of the service, false for this machine's.</param>
    /// <param name="canRenew">True when the file has what Save-BackupFile renews it with.</param>
    public void Add(DateTimeOffset? end, DateTimeOffset now, bool isKnown, bool canRenew)
    {
        if (end <= now)
        {
            _renewable += canRenew ? 1 : 0;
            _lost += canRenew ? 0 : 1;
            _isOpinion |= !isKnown;
            return;
        }

        _live++;
        if (end is null)
        {
            _endless++;
            return;
        }

        _firstEnd = _firstEnd < end ? _firstEnd : end;
        _lastEnd = _lastEnd > end ? _lastEnd : end;
    }

    /// <summary>The links with their ends, as an object of a sentence.</summary>
    public override string ToString()
    {
        string have = Expired == 1 ? "has" : "have";
        string expired = $"that {have} expired{(_isOpinion ? " by this machine's clock" : "")}";
        return Expired == 0 ? $"{Links(_live)} that {Life()}"
            : _live == 0 ? $"{Links(Expired)} {expired}"
            : $"{Links(_live)} that {Life()}, and {(Expired == 1 ? "one" : Expired)} {expired}";
    }

    /// <summary>What to do about the links that have expired, as sentences; empty for none.</summary>
    public string Advise()
    {
        if (Expired == 0)
            return "";
        string check = _isOpinion ? "check the clock; " : "";
        string them = Expired == 1 ? "it" : "them";
        string advice = _lost == 0 ? $"Save-BackupFile renews {them} after Import-BackupLink."
            : _renewable == 0 ? $"request {them} again."
            : "request those again whose provider is not known; Save-BackupFile renews the others.";
        string text = check + advice;
        return " " + char.ToUpperInvariant(text[0]) + text.Substring(1);
    }

    private static string Links(int count) => count == 1 ? "a link" : $"{count} links";

    private string Life()
    {
        string some = _endless switch
        {
            0 => "",
            1 => ", and one does not state when it expires",
            _ => $", and {_endless} do not state when they expire",
        };
        return _lastEnd is null ? (_live == 1 ? "does not state when it expires" : "do not state when they expire")
            : _firstEnd == _lastEnd ? $"{(_live == 1 ? "works" : "work")} until {Display.Time(_lastEnd)}{some}"
            : $"work until {Display.Time(_lastEnd)}, the first of them until {Display.Time(_firstEnd)}{some}";
    }
}
