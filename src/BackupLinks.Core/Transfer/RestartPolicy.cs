namespace BackupLinks.Transfer;

/// <summary>How often a transfer may begin again, and how plainly.</summary>
/// <param name="maximumRetryCount">How often in a row it may break without getting further.</param>
internal sealed class RestartPolicy(int maximumRetryCount)
{
    // The object may be replaced once while it comes; a store that replaces it again and again has no backup.
    private const int MostReplacements = 2;

    private long _furthest;
    private bool _wasUndecodable;
    private bool _wasShort;

    /// <summary>True to request parts; false for the object in one piece.</summary>
    public bool WithRanges { get; private set; } = true;

    /// <summary>True to decode a body that seems to have been compressed on the way.</summary>
    public bool MayDecode { get; private set; } = true;

    /// <summary>True when the body was looked at as it is stored, because the decoded one was not as stated.</summary>
    public bool HasTriedStored { get; private set; }

    /// <summary>How often the object was replaced, or its parts refused.</summary>
    public int Replacements { get; private set; }

    /// <summary>How often the transfer broke in a row without getting further than before.</summary>
    public int Breaks { get; private set; }

    /// <summary>True when the transfer may begin again.</summary>
    /// <param name="cause">Why it has to.</param>
    /// <param name="received">How far it came.</param>
    public bool MayStartOver(RestartCause cause, long received)
    {
        switch (cause)
        {
            case RestartCause.Broken:
                Breaks = received > _furthest ? 1 : Breaks + 1;
                _furthest = received > _furthest ? received : _furthest;
                return Breaks <= maximumRetryCount;
            case RestartCause.Short:
                bool isFirstShort = !_wasShort;
                _wasShort = true;
                return isFirstShort;
            case RestartCause.Undecodable:
                bool isFirstTime = !_wasUndecodable;
                _wasUndecodable = true;
                return isFirstTime;
            case RestartCause.DecodedWrong:
                bool isFirst = !HasTriedStored;
                MayDecode = false;
                HasTriedStored = true;
                return isFirst;
            case RestartCause.StoredWrong:
                bool wasStored = !MayDecode;
                MayDecode = true;
                return wasStored;
            default:
                Replacements++;
                // The last time in one piece: so a store whose nodes do not agree on a tag is served, too.
                WithRanges &= cause != RestartCause.PartsRefused && Replacements < MostReplacements;
                return Replacements <= MostReplacements;
        }
    }
}
