using BackupLinks.Formats;

namespace BackupLinks.Transfer;

/// <summary>A file that was there before the transfer.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
/// <param name="Report">What its test found; null when it was not tested.</param>
/// <param name="Proof">The object that it is proved to be of; null for a file that looks like it.</param>
internal sealed record PresentFile(
    string Path, long Size, string Sha256, BackupFileReport? Report, ObjectProof? Proof)
{
    /// <summary>The algorithms of the stated checksums that the file has; null for none.</summary>
    public string? VerifiedBy { get; init; }
}
