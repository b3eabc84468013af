namespace BackupLinks.Formats;

/// <summary>What a test found a file to be.</summary>
public enum BackupFileState
{
    /// <summary>The structure is right to the end, and so is every checksum that there is.</summary>
    Intact,

    /// <summary>The end is missing.</summary>
    Truncated,

    /// <summary>A checksum or the structure is wrong.</summary>
    Damaged,

    /// <summary>The backup is whole, and other bytes follow it.</summary>
    TrailingData,

    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>The content is not that of a backup: a web page, an error document, or no known format.</summary>
    NotABackup,

    /// <summary>The format is known, and this variant of it cannot be tested.</summary>
    Unsupported,

    /// <summary>The format has nothing by which a test could tell a whole file from another.</summary>
    Unverifiable,
}
