namespace BackupLinks.Transfer;

/// <summary>Why a transfer begins again.</summary>
internal enum StartOverCause
{
    /// <summary>The object was replaced, or a part of it is not what its hash says.</summary>
    Replaced,

    /// <summary>The store does not return the parts that are requested.</summary>
    PartsRefused,

    /// <summary>The connection broke, and nothing proves that a later part would be of the same version.</summary>
    Broken,

    /// <summary>The decoded body is not the file that was stated; the body as it is stored may be.</summary>
    DecodedWrong,
}
