namespace BackupLinks.Transfer;

/// <summary>
/// How a file came to its place. These are words, because the members of an enumeration are numbers in JSON.
/// </summary>
public static class SaveStatus
{
    /// <summary>It was downloaded.</summary>
    public const string Saved = nameof(Saved);

    /// <summary>It was there already, and was shown to be the same.</summary>
    public const string AlreadyPresent = nameof(AlreadyPresent);
}
