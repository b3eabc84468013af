namespace BackupLinks.Transfer;

/// <summary>How a file came to be where it is.</summary>
public enum SaveStatus
{
    /// <summary>It was downloaded.</summary>
    Saved,

    /// <summary>It was there already, and was shown to be the same.</summary>
    AlreadyPresent,
}
