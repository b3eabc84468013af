namespace BackupLinks.Sandbox;

/// <summary>
/// Something that goes wrong with an object on its way out of the store. Members that are null or false change nothing.
/// </summary>
public sealed record ObjectFault
{
    /// <summary>Break the connection after so many bytes of the body.</summary>
    public long? CutAfter { get; init; }

    /// <summary>Say nothing any more after so many bytes of the body, until the client goes.</summary>
    public long? StallAfter { get; init; }

    /// <summary>The most bytes a second on one connection.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>Give the whole object, whatever part of it is requested.</summary>
    public bool IgnoreRange { get; init; }

    /// <summary>Return the part that is requested, whatever version it must be of.</summary>
    public bool IgnorePreconditions { get; init; }

    /// <summary>The entity tag to give in place of the object's, as it is in the header; empty for none.</summary>
    public string? ETag { get; init; }

    /// <summary>The CRC-64 to give in place of the object's, where the store gives one; empty for none.</summary>
    public string? Crc64 { get; init; }

    /// <summary>Give no time of the last change.</summary>
    public bool NoLastModified { get; init; }

    /// <summary>Do not say how long the body is, and send it in chunks.</summary>
    public bool Chunked { get; init; }

    /// <summary>Do not say how long the body is; the end of the connection is its end.</summary>
    public bool EndByClosing { get; init; }

    /// <summary>Move the part that <c>Content-Range</c> names by so many bytes.</summary>
    public long ShiftContentRange { get; init; }

    /// <summary>Add so many bytes to the size of the object that <c>Content-Range</c> names.</summary>
    public long GrowContentRange { get; init; }

    /// <summary>Compress the body, requested or not, and say so.</summary>
    public bool Gzip { get; init; }

    /// <summary>Turn a bit of the byte at this place of the object.</summary>
    public long? CorruptAt { get; init; }

    /// <summary>A second place like <see cref="CorruptAt"/>.</summary>
    public long? CorruptAlsoAt { get; init; }

    /// <summary>Say that the store encrypts the object, and give an entity tag that is not its MD5.</summary>
    public bool Encrypted { get; init; }
}
