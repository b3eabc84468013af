namespace BackupLinks.Transfer;

/// <summary>Decides whether an answer may be joined to what came before.</summary>
internal static class PartProof
{
    /// <summary>Judges an answer. A store may return less than requested, never more, nor anything else.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="range">The requested part.</param>
    /// <param name="identity">The version that the other parts are of.</param>
    public static PartVerdict Judge(ObjectResponse answer, ByteRange range, ObjectIdentity identity)
    {
        bool isSame = answer.Validator is not null && answer.Validator == identity.Validator;
        if (isSame && answer.Part is { } part && part.Range.Start == range.Start && part.Range.End <= range.End && part.Size == identity.Size)
            return PartVerdict.Same;
        bool isOtherVersion = answer.Validator is { } validator && identity.Validator is { } known
            && validator != known && ObjectValidator.AreOfOneKind(validator, known);
        // The size of a whole body with a coding is not the object's.
        bool isOtherSize = answer.Codings.Count == 0 && answer.TotalSize is { } size && size != identity.Size;
        return isOtherVersion || isOtherSize ? PartVerdict.Replaced : PartVerdict.Unproved;
    }
}
