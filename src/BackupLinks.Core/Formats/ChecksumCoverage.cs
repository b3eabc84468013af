namespace BackupLinks.Formats;

/// <summary>How much of the content a checksum covers that was computed and found right.</summary>
public enum ChecksumCoverage
{
    /// <summary>All of the content: a changed bit there would have been found.</summary>
    Verified,

    /// <summary>A part of it; the rest was tested for its structure only.</summary>
    Partial,

    /// <summary>The format has no checksum, or the writer left it out.</summary>
    None,

    /// <summary>The file says that checksums were switched off.</summary>
    Disabled,

    /// <summary>There is a checksum, and the test did not compute it or did not reach it.</summary>
    NotChecked,
}
