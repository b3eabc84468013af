namespace BackupLinks.Transfer;

/// <summary>
/// Which optimisations the store of one file is known to take, or to refuse. Ranges and conditions are optimisations: a
/// store that refuses them is sent the plain request.
/// </summary>
internal sealed class StoreCapabilities
{
    private volatile bool _rangesWork;
    private volatile bool _conditionsWork;
    private volatile bool _refusesRanges;
    private volatile bool _refusesConditions;
    // The number of the link; a renewed one may be accepted.
    private volatile int _refusedPlain = -1;

    /// <summary>The request as far as the store takes it.</summary>
    /// <param name="request">The request as it is best.</param>
    public ObjectRequest Limit(ObjectRequest request) =>
        request with
        {
            Range = _refusesRanges ? null : request.Range,
            Validator = _refusesConditions ? null : request.Validator,
        };

    /// <summary>A plainer request to try once in the place of one that was refused.</summary>
    /// <param name="refused">The refused capability.</param>
    /// <param name="status">The status of the refusal.</param>
    /// <param name="link">The number of the link.</param>
    /// <returns>Null when the refusal is about something else.</returns>
    public ObjectRequest? Simplify(ObjectRequest refused, int status, int link)
    {
        if (status is not (400 or 403 or 405 or 501) || _refusedPlain == link)
            return null;
        if (refused is { Validator: not null, Range: not null } && !_conditionsWork)
            return refused with { Validator = null };
        return refused.Range is not null && !_rangesWork ? refused with { Range = null, Validator = null } : null;
    }

    /// <summary>Notes that the store's condition check fails for an object that may be unchanged.</summary>
    public void NoteFailedCondition() => _refusesConditions = true;

    /// <summary>Notes a request that the store took.</summary>
    /// <param name="wanted">The request as it is best.</param>
    /// <param name="taken">The request that was sent.</param>
    /// <param name="isPart">True when the store returned a part.</param>
    public void NoteSuccess(ObjectRequest wanted, ObjectRequest taken, bool isPart)
    {
        _rangesWork |= isPart;
        _conditionsWork |= isPart && taken.Validator is not null;
        _refusesConditions |= wanted.Validator is not null && taken.Validator is null;
        _refusesRanges |= wanted.Range is not null && taken.Range is null;
    }

    /// <summary>Notes that the store refuses the plain request, too, so that ranges are not the cause.</summary>
    /// <param name="link">The number of the link.</param>
    public void NoteRefusedPlain(int link) => _refusedPlain = link;
}
