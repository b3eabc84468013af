namespace BackupLinks.Formats;

/// <summary>The results of a test. Words, and not an enumeration, whose members are numbers in JSON.</summary>
public static class BackupFileState
{
    /// <summary>The structure is right to the end, and so is every checksum that there is.</summary>
    public const string Intact = nameof(Intact);

    /// <summary>The end is missing.</summary>
    public const string Truncated = nameof(Truncated);

    /// <summary>A checksum or the structure is wrong.</summary>
    public const string Damaged = nameof(Damaged);

    /// <summary>The backup is whole, and other bytes follow it.</summary>
    public const string TrailingData = nameof(TrailingData);

    /// <summary>The file has no bytes.</summary>
    public const string Empty = nameof(Empty);

    /// <summary>The content is not that of a backup: a web page, an error document, or no known format.</summary>
    public const string NotABackup = nameof(NotABackup);

    /// <summary>The format is known, and this variant of it, or a value in it, cannot be tested.</summary>
    public const string Unsupported = nameof(Unsupported);

    /// <summary>The format has nothing by which a test could tell a whole file from another.</summary>
    public const string Unverifiable = nameof(Unverifiable);

    /// <summary>True where a test found a problem: not where there was no test, or none was possible.</summary>
    /// <param name="state">One of these words, or null.</param>
    internal static bool IsProblem(string? state) => state is not (null or Intact or Unverifiable or Unsupported);
}
