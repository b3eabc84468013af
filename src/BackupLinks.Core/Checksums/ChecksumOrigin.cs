namespace BackupLinks.Checksums;

/// <summary>Who states a checksum.</summary>
internal enum ChecksumOrigin
{
    /// <summary>The caller: the file must have it, and no other is compared.</summary>
    Caller,

    /// <summary>The provider, in its list of backups: the file must have it.</summary>
    Provider,

    /// <summary>
    /// The provider, in a number of its list that no page says the bytes of: perhaps those of the file. It is a hint.
    /// </summary>
    ProviderPerhaps,

    /// <summary>The store, in a header of its own for it. It is a hint.</summary>
    Store,

    /// <summary>
    /// The sender of the response, in a header that any body may have, also that of an error page. It is a hint.
    /// </summary>
    Sender,

    /// <summary>The store, in an entity tag that looks like one. It is a hint.</summary>
    EntityTag,
}
