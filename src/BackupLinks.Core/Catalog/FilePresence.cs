namespace BackupLinks.Catalog;

/// <summary>
/// Whether a file on the disk is the one that was saved. Words, and not an enumeration, whose members are numbers in
/// JSON.
/// </summary>
public static class FilePresence
{
    /// <summary>
    /// It is there, with the size and, as far as it was compared, the content that it was saved with.
    /// </summary>
    public const string Present = nameof(Present);

    /// <summary>It is not there.</summary>
    public const string Missing = nameof(Missing);

    /// <summary>It is there, and its size or its content has changed since it was saved.</summary>
    public const string Changed = nameof(Changed);

    /// <summary>The system does not let this user look at it.</summary>
    public const string Unreadable = nameof(Unreadable);

    /// <summary>It is there, and no catalog knows it.</summary>
    public const string Unknown = nameof(Unknown);
}
