namespace BackupLinks.Catalog;

/// <summary>
/// What a restore needs besides a backup. Words, and not an enumeration, whose members are numbers in JSON.
/// </summary>
public static class BackupKind
{
    /// <summary>It restores by itself.</summary>
    public const string Full = nameof(Full);

    /// <summary>It needs the full backup before it, and every incremental one between.</summary>
    public const string Incremental = nameof(Incremental);

    /// <summary>It is a log: of changes, such as a binlog or WAL, or of events.</summary>
    public const string Log = nameof(Log);
}
