namespace BackupLinks.Formats;

/// <summary>
/// How much of the content a checksum covers that was computed and found right. Words, and not an enumeration, whose
/// members are numbers in JSON.
/// </summary>
public static class ChecksumCoverage
{
    /// <summary>All of the content: a changed bit there would have been found.</summary>
    public const string Verified = nameof(Verified);

    /// <summary>A part of it; the rest was tested for its structure only.</summary>
    public const string Partial = nameof(Partial);

    /// <summary>The format has no checksum, or the writer left it out.</summary>
    public const string None = nameof(None);

    /// <summary>The file says that checksums were switched off.</summary>
    public const string Disabled = nameof(Disabled);

    /// <summary>There is a checksum, and the test did not compute it or did not reach it.</summary>
    public const string NotChecked = nameof(NotChecked);
}
