namespace BackupLinks.Transfer;

/// <summary>Whether a response continues an object.</summary>
internal enum PartVerdict
{
    /// <summary>The requested part, proved to be of the same version.</summary>
    Same,

    /// <summary>A part, or the whole, of another version.</summary>
    Replaced,

    /// <summary>Another part than requested, or one without a proof.</summary>
    Unproved,
}
