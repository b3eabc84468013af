using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>Decides whether a response may be joined to the bytes before it.</summary>
internal static class PartProof
{
    /// <summary>Judges a response. A store may return less than requested, never more, nor anything else.</summary>
    /// <param name="response">The response.</param>
    /// <param name="range">The requested part.</param>
    /// <param name="identity">The version that the other parts are of.</param>
    public static PartVerdict Judge(ObjectResponse response, ByteRange range, ObjectIdentity identity)
    {
        bool isSame = response.Validator is not null && response.Validator == identity.Validator;
        // A part that was coded on its way has no place in the file; a label of the stored bytes comes with a length.
        bool isStored = response.Codings.Count == 0 || response.Length is not null;
        if (isSame && isStored && response.Part is { } part && part.Range.Start == range.Start
            && part.Range.End <= range.End && part.Size == identity.Size)
        {
            return PartVerdict.Same;
        }

        bool isOtherVersion = response.Validator is { } validator && identity.Validator is { } known
            && validator != known && ObjectValidator.AreOfOneKind(validator, known);
        // The size of a whole body with a coding is not the object's.
        bool isOtherSize = response.Codings.Count == 0 && response.TotalSize is { } size && size != identity.Size;
        return isOtherVersion || isOtherSize ? PartVerdict.Replaced : PartVerdict.Unproved;
    }
}
