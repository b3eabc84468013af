namespace BackupLinks.Checksums;

/// <summary>A checksum that is stated of a whole file.</summary>
/// <param name="Algorithm">A word of <see cref="ChecksumAlgorithm"/>.</param>
/// <param name="Value">Its text, normalized.</param>
/// <param name="Origin">Who states it.</param>
internal sealed record StatedChecksum(string Algorithm, string Value, ChecksumOrigin Origin)
{
    /// <summary>True when a file without it is not saved; false for a hint.</summary>
    public bool IsRequired => Origin is ChecksumOrigin.Caller or ChecksumOrigin.Provider;
}
