namespace BackupLinks.Formats;

/// <summary>How files are tested.</summary>
/// <param name="Format">The format; null to find it by the content.</param>
/// <param name="Depth">How deep to go.</param>
/// <param name="ExpectedHash">The hash that the file must have; null for none.</param>
/// <param name="WithSha256">True to compute the SHA-256 of large files, too.</param>
internal sealed record BackupTestOptions(
    BackupFormat? Format = null, BackupTestDepth Depth = BackupTestDepth.Contents, ExpectedHash? ExpectedHash = null,
    bool WithSha256 = false)
{
    /// <summary>The SHA-256 that the file was saved with; null where that is not known.</summary>
    public string? SavedSha256 { get; init; }
}
