namespace BackupLinks.Formats;

/// <summary>How files are tested.</summary>
/// <param name="Format">The format; null to find it by the content.</param>
/// <param name="Depth">How deep to go.</param>
/// <param name="ExpectedHash">The hash that the file must have; null for none.</param>
internal sealed record BackupTestOptions(
    BackupFormat? Format = null, BackupTestDepth Depth = BackupTestDepth.Contents, ExpectedHash? ExpectedHash = null);
