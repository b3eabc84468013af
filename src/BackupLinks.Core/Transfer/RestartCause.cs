namespace BackupLinks.Transfer;

/// <summary>Why a transfer begins again.</summary>
internal enum RestartCause
{
    /// <summary>The object was replaced.</summary>
    Replaced,

    /// <summary>The bytes that came, or that an earlier run left, are not those of the store.</summary>
    Spoilt,

    /// <summary>The store does not return the parts that are requested.</summary>
    PartsRefused,

    /// <summary>The connection broke, and nothing proves that a later part would be of the same version.</summary>
    Broken,

    /// <summary>A body without a stated length ended before the size that the provider states.</summary>
    Short,

    /// <summary>The body cannot be decoded to its end.</summary>
    Undecodable,

    /// <summary>The decoded body is not the file that was stated; the body as it is stored may be.</summary>
    DecodedWrong,

    /// <summary>
    /// The body as it is stored does not have what was perhaps stated of it either, so that this decides nothing.
    /// </summary>
    StoredWrong,
}
